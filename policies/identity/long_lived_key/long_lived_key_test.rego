package policies.identity.long_lived_key_test

import data.policies.identity.long_lived_key

test_fail_a_key_without_an_end if {
	long_lived_key.violations == {_violation("Remove the key; let the workload assume a role (OIDC for pipelines, instance profiles for machines).")} with input as _input("aws_iam_access_key", true)
}

test_fail_with_general_advice_for_other_types if {
	long_lived_key.violations == {_violation("Use a role, workload identity federation or a managed identity in place of a key.")} with input as _input("some_type", true)
}

test_success_short_lived_credentials if {
	long_lived_key.violations == set() with input as _input("aws_iam_access_key", false)
}

_violation(fix) := {
	"address": "aws_iam_access_key.it",
	"path": "facts.long_lived_key",
	"message": "It is a credential that never ends.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_iam_access_key.it", "type": type, "facts": {"long_lived_key": value}}]}
