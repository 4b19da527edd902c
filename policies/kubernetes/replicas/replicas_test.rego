package policies.kubernetes.replicas_test

import data.policies.kubernetes.replicas

test_fail_one if {
	replicas.violations == {{
		"address": "web",
		"path": "facts.instance_count",
		"message": "It runs 1 of at least 2 replicas.",
		"expected": 2,
		"actual": 1,
		"fix": "Set spec.replicas to 2 or more.",
	}} with input as _input(1)
}

test_success_two_or_none if {
	replicas.violations == set() with input as _input(2)
	replicas.violations == set() with input as _input(0)
}

_input(number) := {"resources": [{"address": "web", "facts": {"instance_count": number}}], "parameters": {"minimum": 2}}
