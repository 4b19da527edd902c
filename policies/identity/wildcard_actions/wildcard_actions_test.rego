package policies.identity.wildcard_actions_test

import data.policies.identity.wildcard_actions

test_fail_every_action if {
	wildcard_actions.violations == {_violation("Name the actions that are needed in place of the wildcard.")} with input as _input("aws_iam_policy", true)
}

test_success_named_actions if {
	wildcard_actions.violations == set() with input as _input("aws_iam_policy", false)
}

_violation(fix) := {
	"address": "aws_iam_policy.it",
	"path": "facts.wildcard_actions",
	"message": "A statement allows every action, or every action of a service.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_iam_policy.it", "type": type, "facts": {"wildcard_actions": value}}]}
