package policies.kubernetes.sysctls_test

import data.policies.kubernetes.sysctls

test_fail_an_unsafe_one if {
	sysctls.violations == {_violation("web", "config.spec.securityContext.sysctls[1].name")} with input as _input(_pod({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies"}, {"name": "kernel.msgmax"}]}}))
}

test_fail_an_unsafe_one_in_terraform if {
	sysctls.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].security_context[0].sysctl[0].name")} with input as _input(_planned({"security_context": [{"sysctl": [{"name": "kernel.msgmax", "value": "65536"}]}]}))
}

test_success_none if {
	sysctls.violations == set() with input as _input(_pod({"containers": []}))
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "The pod changes kernel.msgmax, which is not one of the safe kernel settings.",
	"expected": "a safe kernel setting",
	"actual": "kernel.msgmax",
	"fix": "Remove it; settings of the whole node belong to the node.",
}

_input(resource) := {"resources": [resource], "parameters": {"allowed": ["net.ipv4.tcp_syncookies"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
