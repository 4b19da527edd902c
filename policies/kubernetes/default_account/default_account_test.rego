package policies.kubernetes.default_account_test

import data.policies.kubernetes.default_account

test_fail_nothing_is_said if {
	default_account.violations == {_violation("web", "config.spec.serviceAccountName", null)} with input.resources as [_pod({"containers": []})]
}

test_fail_the_default_in_terraform if {
	default_account.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].service_account_name", "default")} with input.resources as [_planned({"service_account_name": "default"})]
}

test_success_its_own if {
	default_account.violations == set() with input.resources as [_pod({"serviceAccountName": "web"})]
}

_violation(address, path, actual) := {
	"address": address,
	"path": path,
	"message": "The pod runs under the default account of its namespace.",
	"expected": "an account of its own",
	"actual": actual,
	"fix": "Make a ServiceAccount for the workload and name it in serviceAccountName.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
