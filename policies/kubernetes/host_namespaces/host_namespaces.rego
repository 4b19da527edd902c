# METADATA
# title: Pods keep out of the namespaces of their node
# description: |-
#   In the network of the node a pod listens to everything that passes and reaches services that trust the node; among
#   its processes it reads their secrets and stops them.
# custom:
#   id: PC-K8S-002
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
#     - config.spec.hostNetwork
#     - config.spec.hostPID
#     - config.spec.hostIPC
#     - config.spec.template.spec.hostNetwork
#     - config.spec.template.spec.hostPID
#     - config.spec.template.spec.hostIPC
#     - config.spec.jobTemplate.spec.template.spec.hostNetwork
#     - config.spec.jobTemplate.spec.template.spec.hostPID
#     - config.spec.jobTemplate.spec.template.spec.hostIPC
#     - config.spec[0].host_network
#     - config.spec[0].host_pid
#     - config.spec[0].host_ipc
#     - config.spec[0].template[0].spec[0].host_network
#     - config.spec[0].template[0].spec[0].host_pid
#     - config.spec[0].template[0].spec[0].host_ipc
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].host_network
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].host_pid
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].host_ipc
#   perPath: true
#   remedy: Remove hostNetwork, hostPID and hostIPC; node agents that need one get an exemption.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Host Namespaces", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.3"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.4"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.5"}
#     - {framework: NIST 800-53 r5, control: SC-39}
package policies.kubernetes.host_namespaces

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some field, what in _shared
	kubernetes.pod_spec(resource)[field] == true
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, kubernetes.pod_path(resource), field),
		"message": sprintf("The pod shares %s with its node.", [what]),
		"expected": false,
		"actual": true,
		"fix": sprintf("Remove %s.", [field]),
	}
}

_shared := {"hostNetwork": "the network", "hostPID": "the processes", "hostIPC": "the shared memory"}
