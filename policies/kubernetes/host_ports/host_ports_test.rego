package policies.kubernetes.host_ports_test

import data.policies.kubernetes.host_ports

test_fail_a_port_of_the_node if {
	host_ports.violations == {_violation("web", "config.spec.containers[0].ports[1].hostPort")} with input as _input(_pod({"containers": [{"ports": [{"containerPort": 80}, {"hostPort": 8080}]}]}))
}

test_fail_a_port_of_the_node_in_terraform if {
	host_ports.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].port[0].host_port")} with input as _input(_planned({"container": [{"port": [{"host_port": 8080}]}]}))
}

test_success_none if {
	host_ports.violations == set() with input as _input(_pod({"containers": [{"ports": [{"containerPort": 80}, {"hostPort": 0}]}, {}]}))
}

test_success_an_allowed_one if {
	host_ports.violations == set() with input as _input(_pod({"containers": [{"ports": [{"hostPort": 9100}]}]}))
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A container takes port 8080 of its node.",
	"expected": "no port of the node",
	"actual": 8080,
	"fix": "Remove hostPort and publish the port by a Service.",
}

_input(resource) := {"resources": [resource], "parameters": {"allowed": [9100]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
