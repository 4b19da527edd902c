package policies.kubernetes.run_as_non_root_test

import data.policies.kubernetes.run_as_non_root

test_fail_nothing_is_said if {
	run_as_non_root.violations == {_violation("web", "config.spec.containers[0].securityContext.runAsNonRoot", null)} with input.resources as [_pod({"containers": [{}]})]
}

test_fail_a_container_takes_it_back if {
	run_as_non_root.violations == {_violation("web", "config.spec.containers[1].securityContext.runAsNonRoot", false)} with input.resources as [_pod({
		"securityContext": {"runAsNonRoot": true},
		"containers": [{}, {"securityContext": {"runAsNonRoot": false}}],
	})]
}

test_success_the_pod_says_so if {
	run_as_non_root.violations == set() with input.resources as [_planned({"security_context": [{"run_as_non_root": true}], "container": [{}]})]
}

test_success_each_container_says_so if {
	run_as_non_root.violations == set() with input.resources as [_pod({"containers": [{"securityContext": {"runAsNonRoot": true}}]})]
}

_violation(address, path, actual) := {
	"address": address,
	"path": path,
	"message": "A container may run as root.",
	"expected": true,
	"actual": actual,
	"fix": "Set runAsNonRoot to true in the securityContext of the pod.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
