# METADATA
# title: Kernel settings are safe ones
# description: |-
#   Most settings of the kernel hold for the whole node, so one pod changes them for all others. The safe ones stay
#   inside the pod.
# custom:
#   id: PC-K8S-010
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
#     - config.spec.securityContext.sysctls
#     - config.spec.template.spec.securityContext.sysctls
#     - config.spec.jobTemplate.spec.template.spec.securityContext.sysctls
#     - config.spec[0].security_context[0].sysctl
#     - config.spec[0].template[0].spec[0].security_context[0].sysctl
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].sysctl
#   perPath: true
#   parameters:
#     allowed:
#       description: Kernel settings that a pod may change.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default:
#         - kernel.shm_rmid_forced
#         - net.ipv4.ip_local_port_range
#         - net.ipv4.ip_local_reserved_ports
#         - net.ipv4.ip_unprivileged_port_start
#         - net.ipv4.ping_group_range
#         - net.ipv4.tcp_fin_timeout
#         - net.ipv4.tcp_keepalive_intvl
#         - net.ipv4.tcp_keepalive_probes
#         - net.ipv4.tcp_keepalive_time
#         - net.ipv4.tcp_rmem
#         - net.ipv4.tcp_syncookies
#         - net.ipv4.tcp_wmem
#   remedy: Remove the setting, or take it up in the parameter once it is agreed.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Sysctls", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: NIST 800-53 r5, control: SC-39}
package policies.kubernetes.sysctls

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some index, setting in kubernetes.pod_spec(resource).securityContext.sysctls
	not setting.name in input.parameters.allowed
	list := kubernetes.path(resource, kubernetes.pod_path(resource), "securityContext.sysctls")
	violation := {
		"address": resource.address,
		"path": sprintf("%s[%d].name", [list, index]),
		"message": sprintf("The pod changes %v, which is not one of the safe kernel settings.", [setting.name]),
		"expected": "a safe kernel setting",
		"actual": setting.name,
		"fix": "Remove it; settings of the whole node belong to the node.",
	}
}
