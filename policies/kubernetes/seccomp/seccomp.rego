# METADATA
# title: System calls are filtered
# description: |-
#   The default filter of the runtime blocks the calls of the kernel that containers have no use for and exploits do.
#   Without a profile there is no filter, unless the node adds one.
# custom:
#   id: PC-K8S-024
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
#     - config.spec.securityContext.seccompProfile
#     - config.spec.template.spec.securityContext.seccompProfile
#     - config.spec.jobTemplate.spec.template.spec.securityContext.seccompProfile
#     - config.spec[0].security_context[0].seccomp_profile
#     - config.spec[0].template[0].spec[0].security_context[0].seccomp_profile
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].seccomp_profile
#     - config.spec.containers[*].securityContext.seccompProfile
#     - config.spec.initContainers[*].securityContext.seccompProfile
#     - config.spec.ephemeralContainers[*].securityContext.seccompProfile
#     - config.spec.template.spec.containers[*].securityContext.seccompProfile
#     - config.spec.template.spec.initContainers[*].securityContext.seccompProfile
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.seccompProfile
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.seccompProfile
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.seccompProfile
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.seccompProfile
#     - config.spec[0].container[*].security_context[0].seccomp_profile
#     - config.spec[0].init_container[*].security_context[0].seccomp_profile
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].seccomp_profile
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].seccomp_profile
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].seccomp_profile
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].seccomp_profile
#     - config.spec.os.name
#     - config.spec.template.spec.os.name
#     - config.spec.jobTemplate.spec.template.spec.os.name
#   remedy: Set seccompProfile.type to RuntimeDefault for the pod.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Restricted: Seccomp", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.7.2"}
#     - {framework: NIST 800-53 r5, control: SC-39}
package policies.kubernetes.seccomp

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _windows(resource)
	some entry in kubernetes.containers(resource)
	not _filtered(resource, entry.container)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.seccompProfile.type"),
		"message": "The system calls of a container are not filtered.",
		"expected": "RuntimeDefault or Localhost",
		"actual": object.get(entry.container, ["securityContext", "seccompProfile", "type"], null),
		"fix": "Set seccompProfile.type to RuntimeDefault in the securityContext of the pod.",
	}
}

_filtered(resource, container) if {
	kubernetes.security(resource, container, "seccompProfile").type in {"RuntimeDefault", "Localhost"}
}

# What Linux alone has, a Windows pod need not set.
_windows(resource) if kubernetes.pod_spec(resource).os.name == "windows"
