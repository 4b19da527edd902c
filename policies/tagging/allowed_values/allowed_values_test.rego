package policies.tagging.allowed_values_test

import data.policies.tagging.allowed_values

test_fail_another_value if {
	allowed_values.violations == {_violation("moon", "Use one of production, test.")} with input as _input({"environment": "moon"})
}

test_fail_another_spelling if {
	allowed_values.violations == {_violation("Production", `Write tags = { "environment" = "production" }.`)} with input as _input({"environment": "Production"})
}

test_success_agreed if {
	allowed_values.violations == set() with input as _input({"environment": "test"})
}

test_success_missing if {
	allowed_values.violations == set() with input as _input({})
}

test_success_blank if {
	allowed_values.violations == set() with input as _input({"environment": " "})
}

_violation(actual, fix) := {
	"address": "aws_s3_bucket.logs",
	"path": "tags.environment",
	"message": "The tag environment has a value that is not agreed.",
	"expected": ["production", "test"],
	"actual": actual,
	"fix": fix,
}

_input(tags) := {
	"resources": [{"address": "aws_s3_bucket.logs", "type": "aws_s3_bucket", "provider": "aws", "tags": tags}],
	"parameters": {"key": "environment", "values": ["production", "test"]},
}
