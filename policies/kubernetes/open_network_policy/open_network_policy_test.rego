package policies.kubernetes.open_network_policy_test

import data.policies.kubernetes.open_network_policy

test_fail_everything_in if {
	open_network_policy.violations == {{
		"address": "web",
		"path": "config.spec.ingress[0]",
		"message": "The network policy allows all ingress traffic.",
		"expected": "peers or ports",
		"actual": "neither",
		"fix": "Name the peers in from, or the ports.",
	}} with input.resources as [{"address": "web", "config": {"spec": {"ingress": [{}]}}}]
}

test_fail_everything_out_in_terraform if {
	violations := open_network_policy.violations with input.resources as [{"address": "web", "config": {"spec": [{"egress": [{"to": [], "ports": []}]}]}}]
	{violation.path | some violation in violations} == {"config.spec[0].egress[0]"}
}

test_success_something if {
	open_network_policy.violations == set() with input.resources as [{"address": "web", "config": {"spec": {"egress": [], "ingress": [{"ports": [{"port": 443}]}, {"from": [{"podSelector": {}}]}]}}}]
}
