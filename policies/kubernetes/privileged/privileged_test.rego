package policies.kubernetes.privileged_test

import data.policies.kubernetes.privileged

test_fail_privileged if {
	privileged.violations == {_violation("web", "config.spec.containers[0].securityContext.privileged")} with input.resources as [_pod({"containers": [_privileged]})]
}

test_fail_privileged_at_start_and_for_debugging if {
	violations := privileged.violations with input.resources as [_pod({
		"initContainers": [_privileged],
		"containers": [{}],
		"ephemeralContainers": [_privileged],
	})]
	{violation.path | some violation in violations} == {
		"config.spec.initContainers[0].securityContext.privileged",
		"config.spec.ephemeralContainers[0].securityContext.privileged",
	}
}

test_fail_privileged_in_terraform if {
	privileged.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].security_context[0].privileged")} with input.resources as [_planned({"container": [{"security_context": [{"privileged": true}]}]})]
}

test_success_not_privileged if {
	privileged.violations == set() with input.resources as [_pod({"containers": [{}, {"securityContext": {"privileged": false}}]})]
}

_privileged := {"securityContext": {"privileged": true}}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A container is privileged.",
	"expected": false,
	"actual": true,
	"fix": "Remove privileged, or set it to false.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
