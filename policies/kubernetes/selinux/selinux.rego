# METADATA
# title: SELinux labels are the usual ones
# description: |-
#   A container under a type, user or role of its own choice can be one that SELinux does not hold back, such as spc_t.
# custom:
#   id: PC-K8S-008
#   severity: medium
#   kinds:
#     - kubernetes.pod
#     - kubernetes.deployment
#     - kubernetes.statefulset
#     - kubernetes.daemonset
#     - kubernetes.replicaset
#     - kubernetes.replicationcontroller
#     - kubernetes.job
#     - kubernetes.cronjob
#   reads:
#     - config.spec.securityContext.seLinuxOptions
#     - config.spec.template.spec.securityContext.seLinuxOptions
#     - config.spec.jobTemplate.spec.template.spec.securityContext.seLinuxOptions
#     - config.spec[0].security_context[0].se_linux_options
#     - config.spec[0].template[0].spec[0].security_context[0].se_linux_options
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].se_linux_options
#     - config.spec.containers[*].securityContext.seLinuxOptions
#     - config.spec.initContainers[*].securityContext.seLinuxOptions
#     - config.spec.ephemeralContainers[*].securityContext.seLinuxOptions
#     - config.spec.template.spec.containers[*].securityContext.seLinuxOptions
#     - config.spec.template.spec.initContainers[*].securityContext.seLinuxOptions
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.seLinuxOptions
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.seLinuxOptions
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.seLinuxOptions
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.seLinuxOptions
#     - config.spec[0].container[*].security_context[0].se_linux_options
#     - config.spec[0].init_container[*].security_context[0].se_linux_options
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].se_linux_options
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].se_linux_options
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].se_linux_options
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].se_linux_options
#   perPath: true
#   remedy: Remove seLinuxOptions, or keep to the types container_t, container_init_t, container_kvm_t and container_engine_t.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: SELinux", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
package policies.kubernetes.selinux

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in kubernetes.security_contexts(resource)
	some field in ["type", "user", "role"]
	value := object.get(place.context, ["seLinuxOptions", field], "")
	not value in _allowed[field]
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, place.path, sprintf("securityContext.seLinuxOptions.%s", [field])),
		"message": sprintf("The SELinux %s is not one that containers may have.", [field]),
		"expected": _expected[field],
		"actual": value,
		"fix": sprintf("Remove %s from seLinuxOptions.", [field]),
	}
}

_allowed := {
	"type": {"", null, "container_t", "container_init_t", "container_kvm_t", "container_engine_t"},
	"user": {"", null},
	"role": {"", null},
}

_expected := {
	"type": "none, container_t, container_init_t, container_kvm_t or container_engine_t",
	"user": "none",
	"role": "none",
}
