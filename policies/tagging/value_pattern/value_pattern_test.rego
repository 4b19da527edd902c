package policies.tagging.value_pattern_test

import data.policies.tagging.value_pattern

test_fail_another_form if {
	value_pattern.violations == {{
		"address": "aws_s3_bucket.logs",
		"path": "tags.cost-center",
		"message": "The tag cost-center is not CC and four digits.",
		"expected": "^CC[0-9]{4}$",
		"actual": "4711",
		"fix": "Write CC and four digits into the tag cost-center.",
	}} with input as _input({"cost-center": "4711"})
}

test_success_agreed_form if {
	value_pattern.violations == set() with input as _input({"cost-center": "CC4711"})
}

test_success_missing if {
	value_pattern.violations == set() with input as _input({})
}

_input(tags) := {
	"resources": [{"address": "aws_s3_bucket.logs", "tags": tags}],
	"parameters": {"key": "cost-center", "pattern": "^CC[0-9]{4}$", "hint": "CC and four digits"},
}
