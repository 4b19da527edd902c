package policies.logging.logging_test

import data.policies.logging.logging

test_fail_not_logged if {
	logging.violations == {_violation("Add an aws_s3_bucket_logging resource for this bucket.")} with input as _input("aws_s3_bucket", false)
}

test_fail_with_general_advice_for_other_types if {
	logging.violations == {_violation("Switch its access or audit log on.")} with input as _input("some_type", false)
}

test_success_logged if {
	logging.violations == set() with input as _input("aws_s3_bucket", true)
}

_violation(fix) := {
	"address": "aws_s3_bucket.it",
	"path": "facts.logging",
	"message": "Access to it is not logged.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_s3_bucket.it", "type": type, "facts": {"logging": value}}]}
