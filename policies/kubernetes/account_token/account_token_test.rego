package policies.kubernetes.account_token_test

import data.policies.kubernetes.account_token

test_fail_nothing_is_said if {
	account_token.violations == {_violation("web", "config.spec.automountServiceAccountToken", null)} with input.resources as [_pod({"containers": []})]
}

test_fail_asked_for_in_terraform if {
	account_token.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].automount_service_account_token", true)} with input.resources as [_planned({"automount_service_account_token": true})]
}

test_success_none if {
	account_token.violations == set() with input.resources as [_pod({"automountServiceAccountToken": false})]
}

_violation(address, path, actual) := {
	"address": address,
	"path": path,
	"message": "The pod carries a token for the API server.",
	"expected": false,
	"actual": actual,
	"fix": "Set automountServiceAccountToken to false.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
