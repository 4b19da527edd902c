package policies.kubernetes.host_namespaces_test

import data.policies.kubernetes.host_namespaces

test_fail_the_network if {
	host_namespaces.violations == {{
		"address": "web",
		"path": "config.spec.hostNetwork",
		"message": "The pod shares the network with its node.",
		"expected": false,
		"actual": true,
		"fix": "Remove hostNetwork.",
	}} with input.resources as [_pod({"hostNetwork": true})]
}

test_fail_each_by_itself if {
	violations := host_namespaces.violations with input.resources as [_planned({"host_pid": true, "host_ipc": true})]
	{violation.path | some violation in violations} == {"config.spec[0].host_pid", "config.spec[0].host_ipc"}
}

test_success_its_own if {
	host_namespaces.violations == set() with input.resources as [_pod({"hostNetwork": false})]
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
