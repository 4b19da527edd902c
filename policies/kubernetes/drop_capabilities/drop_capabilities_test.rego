package policies.kubernetes.drop_capabilities_test

import data.policies.kubernetes.drop_capabilities

test_fail_nothing_is_dropped if {
	drop_capabilities.violations == {{
		"address": "web",
		"path": "config.spec.containers[0].securityContext.capabilities.drop",
		"message": "A container keeps capabilities that it does not need.",
		"expected": ["ALL"],
		"actual": null,
		"fix": "Set capabilities.drop to [ALL] in the securityContext of the container.",
	}} with input.resources as [_pod({"containers": [{}]})]
}

test_fail_one_is_added_back if {
	drop_capabilities.violations == {{
		"address": "kubernetes_pod_v1.web",
		"path": "config.spec[0].container[0].security_context[0].capabilities[0].add[1]",
		"message": "A container adds a capability back.",
		"expected": "NET_BIND_SERVICE or none",
		"actual": "CHOWN",
		"fix": "Remove it from capabilities.add.",
	}} with input.resources as [_planned({"container": [{"security_context": [{"capabilities": [{"drop": ["all"], "add": ["NET_BIND_SERVICE", "CHOWN"]}]}]}]})]
}

test_success_all_are_dropped if {
	drop_capabilities.violations == set() with input.resources as [_pod({"containers": [{"securityContext": {"capabilities": {"drop": ["ALL"]}}}]})]
}

test_success_windows if {
	drop_capabilities.violations == set() with input.resources as [_pod({"os": {"name": "windows"}, "containers": [{}]})]
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
