package policies.exposure.public_test

import data.policies.exposure.public

test_fail_public if {
	public.violations == {_violation("Add an aws_s3_bucket_public_access_block for this bucket with all four settings true, and remove public ACLs and policies.")} with input as _input("aws_s3_bucket", true)
}

test_fail_with_general_advice_for_other_types if {
	public.violations == {_violation("Take public access away and grant it to the principals that need it.")} with input as _input("some_type", true)
}

test_success_private if {
	public.violations == set() with input as _input("aws_s3_bucket", false)
}

_violation(fix) := {
	"address": "aws_s3_bucket.it",
	"path": "facts.public",
	"message": "Anyone on the internet can reach or read what it holds.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_s3_bucket.it", "type": type, "facts": {"public": value}}]}
