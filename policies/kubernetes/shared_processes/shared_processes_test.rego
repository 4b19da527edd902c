package policies.kubernetes.shared_processes_test

import data.policies.kubernetes.shared_processes

test_fail_shared if {
	shared_processes.violations == {_violation("web", "config.spec.shareProcessNamespace")} with input.resources as [_pod({"shareProcessNamespace": true})]
}

test_fail_shared_in_terraform if {
	shared_processes.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].share_process_namespace")} with input.resources as [_planned({"share_process_namespace": true})]
}

test_success_apart if {
	shared_processes.violations == set() with input.resources as [_pod({"shareProcessNamespace": false})]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "The containers of the pod share their processes.",
	"expected": false,
	"actual": true,
	"fix": "Remove shareProcessNamespace.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
