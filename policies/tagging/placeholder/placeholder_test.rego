package policies.tagging.placeholder_test

import data.policies.tagging.placeholder

test_fail_placeholder if {
	placeholder.violations == {{
		"address": "aws_s3_bucket.logs",
		"path": "tags.owner",
		"message": "The tag owner holds a placeholder.",
		"expected": "a real value",
		"actual": "TODO ",
		"fix": "Replace the placeholder in the tag owner by the real value.",
	}} with input as _input({"owner": "TODO ", "cost-center": "4711"})
}

test_success_real_value if {
	placeholder.violations == set() with input as _input({"owner": "ada"})
}

test_success_missing if {
	placeholder.violations == set() with input as _input({})
}

_input(tags) := {
	"resources": [{"address": "aws_s3_bucket.logs", "tags": tags}],
	"parameters": {"keys": ["owner", "cost-center"], "placeholders": ["todo", "tbd"]},
}
