package policies.kubernetes.resources_test

import data.policies.kubernetes.resources

test_fail_no_limit if {
	resources.violations == {{
		"address": "web",
		"path": "config.spec.containers[0].resources.limits.memory",
		"message": "A container has no limit of memory.",
		"expected": "a quantity",
		"actual": null,
		"fix": "Set resources.limits.memory.",
	}} with input as _input(_pod({"containers": [{"resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]}))
}

test_fail_nothing_is_said if {
	violations := resources.violations with input as _input(_planned({"init_container": [{}]}))
	{violation.path | some violation in violations} == {
		"config.spec[0].init_container[0].resources[0].requests.cpu",
		"config.spec[0].init_container[0].resources[0].limits.memory",
	}
}

test_success_said if {
	resources.violations == set() with input as _input(_pod({"containers": [{"resources": {"requests": {"cpu": "1"}, "limits": {"memory": "1Gi"}}}]}))
}

test_success_said_for_the_pod if {
	resources.violations == set() with input as _input(_pod({"resources": {"limits": {"cpu": 1, "memory": "1Gi"}}, "containers": [{}], "ephemeralContainers": [{}]}))
}

_input(resource) := {"resources": [resource], "parameters": {"requests": ["cpu"], "limits": ["memory"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
