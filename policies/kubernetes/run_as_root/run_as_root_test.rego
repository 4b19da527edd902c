package policies.kubernetes.run_as_root_test

import data.policies.kubernetes.run_as_root

test_fail_the_pod if {
	run_as_root.violations == {_violation("web", "config.spec.securityContext.runAsUser")} with input.resources as [_pod({"securityContext": {"runAsUser": 0}, "containers": [{}]})]
}

test_fail_a_container_in_terraform if {
	run_as_root.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].security_context[0].run_as_user")} with input.resources as [_planned({"container": [{"security_context": [{"run_as_user": "0"}]}]})]
}

test_success_somebody_else if {
	run_as_root.violations == set() with input.resources as [_pod({"securityContext": {"runAsUser": 1000}, "containers": [{}]})]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "It runs as root.",
	"expected": "an id above 0",
	"actual": 0,
	"fix": "Set runAsUser to an id above 0.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
