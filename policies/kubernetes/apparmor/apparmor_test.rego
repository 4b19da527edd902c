package policies.kubernetes.apparmor_test

import data.policies.kubernetes.apparmor

test_fail_the_pod_and_a_container if {
	apparmor.violations == {_violation("config.spec.securityContext.appArmorProfile.type"), _violation("config.spec.containers[1].securityContext.appArmorProfile.type")} with input.resources as [_pod({
		"securityContext": _unconfined,
		"containers": [{}, {"securityContext": _unconfined}],
	})]
}

test_fail_an_annotation if {
	violations := apparmor.violations with input.resources as [object.union(_pod({"containers": []}), {"config": {"metadata": {"annotations": {
		"container.apparmor.security.beta.kubernetes.io/web": "unconfined",
		"container.apparmor.security.beta.kubernetes.io/proxy": "runtime/default",
		"note": "unconfined",
	}}}})]
	violations == {{
		"address": "web",
		"path": `config.metadata.annotations["container.apparmor.security.beta.kubernetes.io/web"]`,
		"message": "AppArmor is switched off.",
		"expected": "runtime/default",
		"actual": "unconfined",
		"fix": "Remove the annotation.",
	}}
}

test_success_a_profile if {
	apparmor.violations == set() with input.resources as [_pod({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}, "containers": [{}]})]
}

_unconfined := {"appArmorProfile": {"type": "Unconfined"}}

_violation(path) := {
	"address": "web",
	"path": path,
	"message": "AppArmor is switched off.",
	"expected": "RuntimeDefault",
	"actual": "Unconfined",
	"fix": "Set appArmorProfile.type to RuntimeDefault.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}
