package policies.kubernetes.network_policy_test

import data.policies.kubernetes.network_policy

test_fail_none if {
	network_policy.violations == {{
		"address": "shop",
		"path": "facts.name",
		"message": "The namespace has no network policy.",
		"expected": "a network policy",
		"actual": null,
		"fix": "Add a NetworkPolicy with an empty podSelector and the policyTypes Ingress and Egress, then allow what is needed.",
	}} with input as _input("pre-apply", "other")
}

test_success_one if {
	network_policy.violations == set() with input as _input("pre-apply", "shop")
}

test_success_one_object_by_itself if {
	network_policy.violations == set() with input as _input("admission", "other")
}

_input(point, namespace) := {
	"context": {"point": point},
	"resources": [{"address": "shop", "facts": {"name": "shop"}}],
	"related": [{"address": "deny", "scope": {"namespace": namespace}}],
}
