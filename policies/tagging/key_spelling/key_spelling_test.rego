package policies.tagging.key_spelling_test

import data.policies.tagging.key_spelling

test_fail_near_misses if {
	cases := {
		"Owner": "owner",
		"owner_": "owner",
		"OWNER": "owner",
		"onwer": "owner",
		"owners": "owner",
		"owne": "owner",
		"ownar": "owner",
		"CostCenter": "cost-center",
		"cost-centre": "cost-center",
		"cc": "cost-center",
		"environment ": "environment",
	}
	every key, agreed in cases {
		violations := key_spelling.violations with input as _input({key: "x"})
		{violation.expected | some violation in violations} == {agreed}
	}
}

test_fail_tells_the_agreed_key if {
	key_spelling.violations == {{
		"address": "aws_s3_bucket.logs",
		"path": "tags.Owner",
		"message": "The tag Owner should be spelt owner.",
		"expected": "owner",
		"actual": "Owner",
		"fix": "Rename the tag Owner to owner.",
	}} with input as _input({"Owner": "ada"})
}

test_success_agreed_and_unrelated if {
	key_spelling.violations == set() with input as _input({"owner": "ada", "Name": "x", "power": "y", "downer-limits": "z", "": "?"})
}

test_success_ignored if {
	key_spelling.violations == set() with input as _input({"owners": "ada"}) with input.parameters.ignore as ["owners"]
}

test_success_no_tags if {
	key_spelling.violations == set() with input as {
		"resources": [{"address": "aws_s3_bucket.logs"}],
		"parameters": _parameters,
	}
}

_parameters := {
	"keys": ["owner", "cost-center", "environment"],
	"aliases": {"cost-center": ["cc"]},
	"ignore": [],
}

_input(tags) := {"resources": [{"address": "aws_s3_bucket.logs", "tags": tags}], "parameters": _parameters}
