package policies.kubernetes.probes_test

import data.policies.kubernetes.probes

test_fail_none if {
	probes.violations == {_violation("web", "config.spec.containers[0].readinessProbe")} with input as _input(_pod({"initContainers": [{}], "containers": [{"livenessProbe": {}}]}))
}

test_fail_none_in_terraform if {
	probes.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].readiness_probe[0]")} with input as _input(_planned({"container": [{"readiness_probe": []}]}))
}

test_success_probed if {
	probes.violations == set() with input as _input(_pod({"containers": [{"readinessProbe": {"tcpSocket": {"port": 80}}}]}))
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A container has no readinessProbe.",
	"expected": "a probe",
	"actual": null,
	"fix": "Add a readinessProbe.",
}

_input(resource) := {"resources": [resource], "parameters": {"probes": ["readinessProbe"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
