package policies.kubernetes.probe_hosts_test

import data.policies.kubernetes.probe_hosts

test_fail_a_probe if {
	probe_hosts.violations == {_violation("web", "config.spec.containers[0].livenessProbe.httpGet.host")} with input.resources as [_pod({"containers": [{"livenessProbe": {"httpGet": {"host": "169.254.169.254", "port": 80}}}]})]
}

test_fail_a_hook if {
	probe_hosts.violations == {_violation("web", "config.spec.containers[0].lifecycle.preStop.tcpSocket.host")} with input.resources as [_pod({"containers": [{"lifecycle": {"preStop": {"tcpSocket": {"host": "169.254.169.254"}}}}]})]
}

test_fail_probes_of_terraform if {
	violations := probe_hosts.violations with input.resources as [_planned({"container": [{
		"readiness_probe": [{"http_get": [{"host": "10.0.0.1"}]}],
		"startup_probe": [{"tcp_socket": [{"host": "10.0.0.1"}]}],
	}]})]
	{violation.path | some violation in violations} == {
		"config.spec[0].container[0].readiness_probe[0].http_get[0].host",
		"config.spec[0].container[0].startup_probe[0].tcp_socket[0].host",
	}
}

test_success_the_pod if {
	probe_hosts.violations == set() with input.resources as [_pod({"containers": [{"livenessProbe": {"httpGet": {"port": 80}}}, {"livenessProbe": {"httpGet": {"host": ""}}}]})]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A probe or hook calls a host of its own choice.",
	"expected": "no host",
	"actual": "169.254.169.254",
	"fix": "Remove host.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
