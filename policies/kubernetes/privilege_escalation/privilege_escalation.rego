# METADATA
# title: Processes gain no privileges that they did not start with
# description: |-
#   Without this a process can become root through a setuid program of its image, although the container started as
#   somebody else.
# custom:
#   id: PC-K8S-022
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
#     - config.spec.containers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.initContainers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.ephemeralContainers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.template.spec.containers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.template.spec.initContainers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.allowPrivilegeEscalation
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.allowPrivilegeEscalation
#     - config.spec[0].container[*].security_context[0].allow_privilege_escalation
#     - config.spec[0].init_container[*].security_context[0].allow_privilege_escalation
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].allow_privilege_escalation
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].allow_privilege_escalation
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].allow_privilege_escalation
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].allow_privilege_escalation
#     - config.spec.os.name
#     - config.spec.template.spec.os.name
#     - config.spec.jobTemplate.spec.template.spec.os.name
#   perPath: true
#   remedy: Set allowPrivilegeEscalation to false in every container.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Restricted: Privilege Escalation", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.6"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.privilege_escalation

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _windows(resource)
	some entry in kubernetes.containers(resource)
	not entry.container.securityContext.allowPrivilegeEscalation == false
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.allowPrivilegeEscalation"),
		"message": "Processes of a container may gain privileges.",
		"expected": false,
		"actual": object.get(entry.container, ["securityContext", "allowPrivilegeEscalation"], null),
		"fix": "Set allowPrivilegeEscalation to false in the securityContext of the container.",
	}
}

# What Linux alone has, a Windows pod need not set.
_windows(resource) if kubernetes.pod_spec(resource).os.name == "windows"
