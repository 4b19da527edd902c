package policies.resilience.versioned_test

import data.policies.resilience.versioned

test_fail_not_versioned if {
	versioned.violations == {_violation(`Add an aws_s3_bucket_versioning resource with status = "Enabled" for this bucket.`)} with input as _input("aws_s3_bucket", false)
}

test_fail_with_general_advice_for_other_types if {
	versioned.violations == {_violation("Switch versioning or soft delete on.")} with input as _input("some_type", false)
}

test_success_versioned if {
	versioned.violations == set() with input as _input("aws_s3_bucket", true)
}

_violation(fix) := {
	"address": "aws_s3_bucket.it",
	"path": "facts.versioned",
	"message": "Overwritten and deleted objects cannot be had back.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_s3_bucket.it", "type": type, "facts": {"versioned": value}}]}
