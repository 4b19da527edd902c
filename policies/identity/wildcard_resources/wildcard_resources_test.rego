package policies.identity.wildcard_resources_test

import data.policies.identity.wildcard_resources

test_fail_every_resource if {
	wildcard_resources.violations == {_violation("Name the resources, or a common prefix of theirs, in place of the wildcard.")} with input as _input("aws_iam_policy", true)
}

test_success_named_resources if {
	wildcard_resources.violations == set() with input as _input("aws_iam_policy", false)
}

_violation(fix) := {
	"address": "aws_iam_policy.it",
	"path": "facts.wildcard_resources",
	"message": "A statement allows something on every resource.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_iam_policy.it", "type": type, "facts": {"wildcard_resources": value}}]}
