package policies.kubernetes.seccomp_test

import data.policies.kubernetes.seccomp

test_fail_nothing_is_said if {
	seccomp.violations == {_violation("config.spec.containers[0].securityContext.seccompProfile.type", null)} with input.resources as [_pod({"containers": [{}]})]
}

test_fail_a_container_takes_it_back if {
	seccomp.violations == {_violation("config.spec.containers[0].securityContext.seccompProfile.type", "Unconfined")} with input.resources as [_pod({
		"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}},
		"containers": [{"securityContext": {"seccompProfile": {"type": "Unconfined"}}}],
	})]
}

test_success_the_pod_says_so if {
	seccomp.violations == set() with input.resources as [_planned({"security_context": [{"seccomp_profile": [{"type": "RuntimeDefault"}]}], "container": [{}]})]
}

test_success_windows if {
	seccomp.violations == set() with input.resources as [_pod({"os": {"name": "windows"}, "containers": [{}]})]
}

_violation(path, actual) := {
	"address": "web",
	"path": path,
	"message": "The system calls of a container are not filtered.",
	"expected": "RuntimeDefault or Localhost",
	"actual": actual,
	"fix": "Set seccompProfile.type to RuntimeDefault in the securityContext of the pod.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
