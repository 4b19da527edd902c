# METADATA
# title: Containers may not run as root
# description: |-
#   Root in a container is root on the node once it gets out. runAsNonRoot makes the kubelet refuse an image that starts
#   as root.
# custom:
#   id: PC-K8S-020
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
#     - config.spec.securityContext.runAsNonRoot
#     - config.spec.template.spec.securityContext.runAsNonRoot
#     - config.spec.jobTemplate.spec.template.spec.securityContext.runAsNonRoot
#     - config.spec[0].security_context[0].run_as_non_root
#     - config.spec[0].template[0].spec[0].security_context[0].run_as_non_root
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].run_as_non_root
#     - config.spec.containers[*].securityContext.runAsNonRoot
#     - config.spec.initContainers[*].securityContext.runAsNonRoot
#     - config.spec.ephemeralContainers[*].securityContext.runAsNonRoot
#     - config.spec.template.spec.containers[*].securityContext.runAsNonRoot
#     - config.spec.template.spec.initContainers[*].securityContext.runAsNonRoot
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.runAsNonRoot
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.runAsNonRoot
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.runAsNonRoot
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.runAsNonRoot
#     - config.spec[0].container[*].security_context[0].run_as_non_root
#     - config.spec[0].init_container[*].security_context[0].run_as_non_root
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].run_as_non_root
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].run_as_non_root
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].run_as_non_root
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].run_as_non_root
#   remedy: Set runAsNonRoot to true for the pod, and do not take it back in a container.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Restricted: Running as Non-root", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.7"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.run_as_non_root

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	not _somebody_else(resource, entry.container)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.runAsNonRoot"),
		"message": "A container may run as root.",
		"expected": true,
		"actual": object.get(entry.container, ["securityContext", "runAsNonRoot"], null),
		"fix": "Set runAsNonRoot to true in the securityContext of the pod.",
	}
}

_somebody_else(resource, container) if kubernetes.security(resource, container, "runAsNonRoot") == true
