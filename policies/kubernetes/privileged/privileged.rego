# METADATA
# title: Containers are not privileged
# description: |-
#   A privileged container is root on its node: it sees every device, every disk and every other container. Nothing that
#   it may not do is left.
# custom:
#   id: PC-K8S-001
#   severity: critical
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
#     - config.spec.containers[*].securityContext.privileged
#     - config.spec.initContainers[*].securityContext.privileged
#     - config.spec.ephemeralContainers[*].securityContext.privileged
#     - config.spec.template.spec.containers[*].securityContext.privileged
#     - config.spec.template.spec.initContainers[*].securityContext.privileged
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.privileged
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.privileged
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.privileged
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.privileged
#     - config.spec[0].container[*].security_context[0].privileged
#     - config.spec[0].init_container[*].security_context[0].privileged
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].privileged
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].privileged
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].privileged
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].privileged
#   perPath: true
#   remedy: Remove privileged; add the single capability or the device plugin that the container needs.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Privileged Containers", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.2"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.privileged

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	entry.container.securityContext.privileged == true
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.privileged"),
		"message": "A container is privileged.",
		"expected": false,
		"actual": true,
		"fix": "Remove privileged, or set it to false.",
	}
}
