# METADATA
# title: The proc file system stays masked
# description: |-
#   The runtime hides the parts of /proc through which a container could change the kernel of its node. procMount
#   Unmasked shows them.
# custom:
#   id: PC-K8S-009
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
#     - config.spec.containers[*].securityContext.procMount
#     - config.spec.initContainers[*].securityContext.procMount
#     - config.spec.ephemeralContainers[*].securityContext.procMount
#     - config.spec.template.spec.containers[*].securityContext.procMount
#     - config.spec.template.spec.initContainers[*].securityContext.procMount
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.procMount
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.procMount
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.procMount
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.procMount
#   perPath: true
#   remedy: Remove procMount.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: /proc Mount Type", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
package policies.kubernetes.proc_mount

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	value := entry.container.securityContext.procMount
	not value in {"", "Default", null}
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.procMount"),
		"message": "A container sees the whole proc file system.",
		"expected": "Default",
		"actual": value,
		"fix": "Remove procMount.",
	}
}
