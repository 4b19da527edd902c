package policies.identity.anyone_trusted_test

import data.policies.identity.anyone_trusted

test_fail_anyone if {
	anyone_trusted.violations == {_violation("Name accounts, roles or services under Principal in assume_role_policy in place of *.")} with input as _input("aws_iam_role", true)
}

test_fail_with_general_advice_for_other_types if {
	anyone_trusted.violations == {_violation("Name the principals that may use it, or add a condition that limits them to your organisation.")} with input as _input("some_type", true)
}

test_success_known_principals if {
	anyone_trusted.violations == set() with input as _input("aws_iam_role", false)
}

_violation(fix) := {
	"address": "aws_iam_role.it",
	"path": "facts.anyone_trusted",
	"message": "Anyone may use or assume it: no condition limits the principal.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_iam_role.it", "type": type, "facts": {"anyone_trusted": value}}]}
