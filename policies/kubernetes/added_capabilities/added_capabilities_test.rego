package policies.kubernetes.added_capabilities_test

import data.policies.kubernetes.added_capabilities

test_fail_one_beyond if {
	added_capabilities.violations == {_violation("web", "config.spec.containers[0].securityContext.capabilities.add")} with input as _input(_pod({"containers": [{"securityContext": {"capabilities": {"add": ["CHOWN", "NET_ADMIN"]}}}]}))
}

test_fail_one_beyond_in_terraform if {
	added_capabilities.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].security_context[0].capabilities[0].add")} with input as _input(_planned({"container": [{"security_context": [{"capabilities": [{"add": ["CAP_NET_ADMIN", "chown"]}]}]}]}))
}

test_fail_all if {
	violations := added_capabilities.violations with input as _input(_pod({"containers": [{"securityContext": {"capabilities": {"add": ["ALL"]}}}]}))
	count(violations) == 1
}

test_success_none_beyond if {
	added_capabilities.violations == set() with input as _input(_pod({"containers": [{}, {"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["ALL"]}}}]}))
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A container gains NET_ADMIN.",
	"expected": "the usual capabilities alone",
	"actual": ["CHOWN", "NET_ADMIN"],
	"fix": "Remove NET_ADMIN from capabilities.add.",
}

_input(resource) := {"resources": [resource], "parameters": {"allowed": ["CHOWN"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
