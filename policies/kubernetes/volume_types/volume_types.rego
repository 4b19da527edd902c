# METADATA
# title: Volumes are claims, not disks
# description: |-
#   A pod that names a network disk or file share itself holds its address and its credentials, and passes by the quotas
#   and classes of the cluster. Folders of the node have a policy of their own.
# custom:
#   id: PC-K8S-025
#   severity: low
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
#     - config.spec.volumes
#     - config.spec.template.spec.volumes
#     - config.spec.jobTemplate.spec.template.spec.volumes
#     - config.spec[0].volume
#     - config.spec[0].template[0].spec[0].volume
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].volume
#   perPath: true
#   parameters:
#     allowed:
#       description: Types of volumes that a pod may have.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default: [configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret]
#   remedy: Use a persistent volume claim, and let a storage class name the disk.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Restricted: Volume Types", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"}
package policies.kubernetes.volume_types

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some index, volume in kubernetes.pod_spec(resource).volumes
	some type, source in volume
	source != null
	not type in {"name", "hostPath"}
	not type in input.parameters.allowed
	list := kubernetes.path(resource, kubernetes.pod_path(resource), "volumes")
	violation := {
		"address": resource.address,
		"path": sprintf("%s[%d]", [list, index]),
		"message": sprintf("A volume is of the type %s.", [type]),
		"expected": input.parameters.allowed,
		"actual": type,
		"fix": "Use a persistentVolumeClaim in its place.",
	}
}
