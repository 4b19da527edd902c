package policies.kubernetes.seccomp_unconfined_test

import data.policies.kubernetes.seccomp_unconfined

test_fail_the_pod_and_a_container if {
	seccomp_unconfined.violations == {_violation("config.spec.securityContext.seccompProfile.type"), _violation("config.spec.containers[1].securityContext.seccompProfile.type")} with input.resources as [_pod({
		"securityContext": _unconfined,
		"containers": [{}, {"securityContext": _unconfined}],
	})]
}

test_fail_unconfined_in_terraform if {
	violations := seccomp_unconfined.violations with input.resources as [_planned({"container": [{"security_context": [{"seccomp_profile": [{"type": "Unconfined"}]}]}]})]
	{violation.path | some violation in violations} == {"config.spec[0].container[0].security_context[0].seccomp_profile[0].type"}
}

test_success_a_profile if {
	seccomp_unconfined.violations == set() with input.resources as [_pod({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{}]})]
}

_unconfined := {"seccompProfile": {"type": "Unconfined"}}

_violation(path) := {
	"address": "web",
	"path": path,
	"message": "The filter of system calls is switched off.",
	"expected": "RuntimeDefault",
	"actual": "Unconfined",
	"fix": "Set seccompProfile.type to RuntimeDefault.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
