# METADATA
# title: Pods mount nothing of their node
# description: |-
#   A folder of the node holds the credentials of its kubelet, the sockets of its container runtime and the files of
#   other pods. Whoever mounts one owns the node, read-only or not.
# custom:
#   id: PC-K8S-003
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
#     - config.spec.volumes[*].hostPath
#     - config.spec.template.spec.volumes[*].hostPath
#     - config.spec.jobTemplate.spec.template.spec.volumes[*].hostPath
#     - config.spec[0].volume[*].host_path
#     - config.spec[0].template[0].spec[0].volume[*].host_path
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].volume[*].host_path
#   perPath: true
#   remedy: Use a persistent volume claim, a config map or an emptyDir; node agents that need a folder get an exemption.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: HostPath Volumes", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.12"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.host_path

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some index, volume in kubernetes.pod_spec(resource).volumes
	is_object(volume.hostPath)
	list := kubernetes.path(resource, kubernetes.pod_path(resource), "volumes")
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, sprintf("%s[%d]", [list, index]), "hostPath"),
		"message": "A volume is a folder of the node.",
		"expected": "a claim, a config map, a secret or an emptyDir",
		"actual": "hostPath",
		"fix": "Replace the hostPath volume; for data that lives on use a persistentVolumeClaim, for scratch space an emptyDir.",
	}
}
