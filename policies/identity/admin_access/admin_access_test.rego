package policies.identity.admin_access_test

import data.policies.identity.admin_access

test_fail_administrator_rights if {
	admin_access.violations == {_violation("Name actions and resources in place of * on *.")} with input as _input("aws_iam_policy", true)
}

test_fail_with_general_advice_for_other_types if {
	admin_access.violations == {_violation("Grant the permissions that the task needs in place of administrator rights.")} with input as _input("some_type", true)
}

test_success_limited_rights if {
	admin_access.violations == set() with input as _input("aws_iam_policy", false)
}

_violation(fix) := {
	"address": "aws_iam_policy.it",
	"path": "facts.admin_access",
	"message": "It grants administrator rights.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_iam_policy.it", "type": type, "facts": {"admin_access": value}}]}
