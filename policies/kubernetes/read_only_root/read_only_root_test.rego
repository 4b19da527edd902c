package policies.kubernetes.read_only_root_test

import data.policies.kubernetes.read_only_root

test_fail_nothing_is_said if {
	read_only_root.violations == {_violation("web", "config.spec.containers[0].securityContext.readOnlyRootFilesystem")} with input.resources as [_pod({"containers": [{}]})]
}

test_fail_nothing_is_said_in_terraform if {
	read_only_root.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].init_container[0].security_context[0].read_only_root_filesystem")} with input.resources as [_planned({"init_container": [{}]})]
}

test_success_read_only if {
	read_only_root.violations == set() with input.resources as [_pod({"containers": [{"securityContext": {"readOnlyRootFilesystem": true}}]})]
}

test_success_windows_and_debugging if {
	read_only_root.violations == set() with input.resources as [
		_pod({"os": {"name": "windows"}, "containers": [{}]}),
		_pod({"ephemeralContainers": [{}]}),
	]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A container can write to its own files.",
	"expected": true,
	"actual": null,
	"fix": "Set readOnlyRootFilesystem to true, and mount an emptyDir where the program writes.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
