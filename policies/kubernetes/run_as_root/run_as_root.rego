# METADATA
# title: No container asks to be root
# description: |-
#   A user id of nought is root, whatever the image would have chosen.
# custom:
#   id: PC-K8S-021
#   severity: high
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
#     - config.spec.securityContext.runAsUser
#     - config.spec.template.spec.securityContext.runAsUser
#     - config.spec.jobTemplate.spec.template.spec.securityContext.runAsUser
#     - config.spec[0].security_context[0].run_as_user
#     - config.spec[0].template[0].spec[0].security_context[0].run_as_user
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].run_as_user
#     - config.spec.containers[*].securityContext.runAsUser
#     - config.spec.initContainers[*].securityContext.runAsUser
#     - config.spec.ephemeralContainers[*].securityContext.runAsUser
#     - config.spec.template.spec.containers[*].securityContext.runAsUser
#     - config.spec.template.spec.initContainers[*].securityContext.runAsUser
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.runAsUser
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.runAsUser
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.runAsUser
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.runAsUser
#     - config.spec[0].container[*].security_context[0].run_as_user
#     - config.spec[0].init_container[*].security_context[0].run_as_user
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].run_as_user
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].run_as_user
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].run_as_user
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].run_as_user
#   perPath: true
#   remedy: Set runAsUser to an id above nought, or leave it out and let the image say.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Restricted: Running as Non-root user", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.7"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.run_as_root

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in kubernetes.security_contexts(resource)
	place.context.runAsUser == 0
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, place.path, "securityContext.runAsUser"),
		"message": "It runs as root.",
		"expected": "an id above 0",
		"actual": 0,
		"fix": "Set runAsUser to an id above 0.",
	}
}
