package policies.kubernetes.selinux_test

import data.policies.kubernetes.selinux

test_fail_a_type_of_its_own if {
	selinux.violations == {{
		"address": "web",
		"path": "config.spec.securityContext.seLinuxOptions.type",
		"message": "The SELinux type is not one that containers may have.",
		"expected": "none, container_t, container_init_t, container_kvm_t or container_engine_t",
		"actual": "spc_t",
		"fix": "Remove type from seLinuxOptions.",
	}} with input.resources as [_pod({"securityContext": {"seLinuxOptions": {"type": "spc_t", "level": "s0"}}, "containers": [{}]})]
}

test_fail_user_and_role_of_a_container if {
	violations := selinux.violations with input.resources as [_planned({"container": [{"security_context": [{"se_linux_options": [{"user": "root", "role": "sysadm_r"}]}]}]})]
	{violation.path | some violation in violations} == {
		"config.spec[0].container[0].security_context[0].se_linux_options[0].user",
		"config.spec[0].container[0].security_context[0].se_linux_options[0].role",
	}
}

test_success_the_usual_ones if {
	selinux.violations == set() with input.resources as [_pod({"containers": [{"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c1"}}}]})]
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
