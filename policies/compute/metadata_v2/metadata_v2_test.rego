package policies.compute.metadata_v2_test

import data.policies.compute.metadata_v2

test_fail_tokens_are_optional if {
	metadata_v2.violations == {_violation(`Add metadata_options { http_tokens = "required" }.`)} with input as _input("aws_instance", false)
}

test_fail_with_general_advice_for_other_types if {
	metadata_v2.violations == {_violation("Demand session tokens from the metadata service (IMDSv2).")} with input as _input("some_type", false)
}

test_success_tokens_are_demanded if {
	metadata_v2.violations == set() with input as _input("aws_instance", true)
}

_violation(fix) := {
	"address": "aws_instance.it",
	"path": "facts.metadata_v2",
	"message": "The metadata service answers without a session token.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_instance.it", "type": type, "facts": {"metadata_v2": value}}]}
