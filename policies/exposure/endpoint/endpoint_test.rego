package policies.exposure.endpoint_test

import data.policies.exposure.endpoint

test_fail_open_to_the_internet if {
	endpoint.violations == {_violation("Set endpoint_public_access = false in vpc_config, or name networks in public_access_cidrs.")} with input as _input("aws_eks_cluster", true)
}

test_fail_with_general_advice_for_other_types if {
	endpoint.violations == {_violation("Give it a private endpoint, or name the networks that may reach it.")} with input as _input("some_type", true)
}

test_success_private if {
	endpoint.violations == set() with input as _input("aws_eks_cluster", false)
}

_violation(fix) := {
	"address": "aws_eks_cluster.it",
	"path": "facts.public",
	"message": "Its endpoint answers the whole internet.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_eks_cluster.it", "type": type, "facts": {"public": value}}]}
