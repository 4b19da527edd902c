package policies.kubernetes.privilege_escalation_test

import data.policies.kubernetes.privilege_escalation

test_fail_nothing_is_said if {
	privilege_escalation.violations == {_violation("web", "config.spec.containers[0].securityContext.allowPrivilegeEscalation", null)} with input.resources as [_pod({"containers": [{}]})]
}

test_fail_allowed_in_terraform if {
	privilege_escalation.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].security_context[0].allow_privilege_escalation", true)} with input.resources as [_planned({"container": [{"security_context": [{"allow_privilege_escalation": true}]}]})]
}

test_success_forbidden if {
	privilege_escalation.violations == set() with input.resources as [_pod({"containers": [{"securityContext": {"allowPrivilegeEscalation": false}}]})]
}

test_success_windows if {
	privilege_escalation.violations == set() with input.resources as [_pod({"os": {"name": "windows"}, "containers": [{}]})]
}

_violation(address, path, actual) := {
	"address": address,
	"path": path,
	"message": "Processes of a container may gain privileges.",
	"expected": false,
	"actual": actual,
	"fix": "Set allowPrivilegeEscalation to false in the securityContext of the container.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
