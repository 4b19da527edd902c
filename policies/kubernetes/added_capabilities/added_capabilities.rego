# METADATA
# title: Containers gain no capabilities beyond the usual ones
# description: |-
#   NET_ADMIN rewires the network, SYS_ADMIN is nearly root, SYS_PTRACE reads the memory of others. The usual set is
#   what container runtimes grant anyway.
# custom:
#   id: PC-K8S-005
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
#     - config.spec.containers[*].securityContext.capabilities.add
#     - config.spec.initContainers[*].securityContext.capabilities.add
#     - config.spec.ephemeralContainers[*].securityContext.capabilities.add
#     - config.spec.template.spec.containers[*].securityContext.capabilities.add
#     - config.spec.template.spec.initContainers[*].securityContext.capabilities.add
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.capabilities.add
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.capabilities.add
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.capabilities.add
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.capabilities.add
#     - config.spec[0].container[*].security_context[0].capabilities[0].add
#     - config.spec[0].init_container[*].security_context[0].capabilities[0].add
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].capabilities[0].add
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].capabilities[0].add
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].capabilities[0].add
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].capabilities[0].add
#   perPath: true
#   parameters:
#     allowed:
#       description: Capabilities that a container may add.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]
#   remedy: Remove the capability from add, or take it up in the parameter once it is agreed.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Capabilities", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.9"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.added_capabilities

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	added := {_name(capability) | some capability in entry.container.securityContext.capabilities.add}
	beyond := added - {_name(capability) | some capability in input.parameters.allowed}
	count(beyond) > 0
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.capabilities.add"),
		"message": sprintf("A container gains %s.", [concat(", ", sort(beyond))]),
		"expected": "the usual capabilities alone",
		"actual": sort(added),
		"fix": sprintf("Remove %s from capabilities.add.", [concat(", ", sort(beyond))]),
	}
}

# Runtimes take CAP_NET_ADMIN and net_admin for NET_ADMIN too.
_name(capability) := trim_prefix(upper(capability), "CAP_")
