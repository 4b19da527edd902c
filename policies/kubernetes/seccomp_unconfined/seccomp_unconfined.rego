# METADATA
# title: The filter of system calls is not switched off
# description: |-
#   Without seccomp a container may use every call of the kernel, the broken ones too: most ways out of a container need
#   one that the default filter blocks.
# custom:
#   id: PC-K8S-007
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
#     - config.spec.securityContext.seccompProfile.type
#     - config.spec.template.spec.securityContext.seccompProfile.type
#     - config.spec.jobTemplate.spec.template.spec.securityContext.seccompProfile.type
#     - config.spec[0].security_context[0].seccomp_profile[0].type
#     - config.spec[0].template[0].spec[0].security_context[0].seccomp_profile[0].type
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].seccomp_profile[0].type
#     - config.spec.containers[*].securityContext.seccompProfile.type
#     - config.spec.initContainers[*].securityContext.seccompProfile.type
#     - config.spec.ephemeralContainers[*].securityContext.seccompProfile.type
#     - config.spec.template.spec.containers[*].securityContext.seccompProfile.type
#     - config.spec.template.spec.initContainers[*].securityContext.seccompProfile.type
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.seccompProfile.type
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.seccompProfile.type
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.seccompProfile.type
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.seccompProfile.type
#     - config.spec[0].container[*].security_context[0].seccomp_profile[0].type
#     - config.spec[0].init_container[*].security_context[0].seccomp_profile[0].type
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].seccomp_profile[0].type
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].seccomp_profile[0].type
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].seccomp_profile[0].type
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].seccomp_profile[0].type
#   perPath: true
#   remedy: Remove the profile, or set its type to RuntimeDefault.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Seccomp", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.7.2"}
package policies.kubernetes.seccomp_unconfined

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in kubernetes.security_contexts(resource)
	place.context.seccompProfile.type == "Unconfined"
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, place.path, "securityContext.seccompProfile.type"),
		"message": "The filter of system calls is switched off.",
		"expected": "RuntimeDefault",
		"actual": "Unconfined",
		"fix": "Set seccompProfile.type to RuntimeDefault.",
	}
}
