package policies.kubernetes.host_process_test

import data.policies.kubernetes.host_process

test_fail_the_pod if {
	host_process.violations == {_violation("web", "config.spec.securityContext.windowsOptions.hostProcess")} with input.resources as [_pod({"securityContext": {"windowsOptions": {"hostProcess": true}}})]
}

test_fail_a_container_in_terraform if {
	host_process.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].security_context[0].windows_options[0].host_process")} with input.resources as [_planned({"container": [{"security_context": [{"windows_options": [{"host_process": true}]}]}]})]
}

test_success_in_a_container if {
	host_process.violations == set() with input.resources as [_pod({"securityContext": {"windowsOptions": {"runAsUserName": "web"}}, "containers": [{}]})]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "It runs on the Windows host itself.",
	"expected": false,
	"actual": true,
	"fix": "Remove hostProcess.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
