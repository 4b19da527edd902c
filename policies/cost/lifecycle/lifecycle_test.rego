package policies.cost.lifecycle_test

import data.policies.cost.lifecycle

test_fail_kept_for_ever if {
	lifecycle.violations == {_violation("Add an aws_s3_bucket_lifecycle_configuration for this bucket: expire old versions and abort incomplete uploads at least.")} with input as _input("aws_s3_bucket", false)
}

test_fail_with_general_advice_for_other_types if {
	lifecycle.violations == {_violation("Add a lifecycle rule.")} with input as _input("some_type", false)
}

test_success_expires_by_rule if {
	lifecycle.violations == set() with input as _input("aws_s3_bucket", true)
}

_violation(fix) := {
	"address": "aws_s3_bucket.it",
	"path": "facts.lifecycle",
	"message": "No rule ends what is old.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_s3_bucket.it", "type": type, "facts": {"lifecycle": value}}]}
