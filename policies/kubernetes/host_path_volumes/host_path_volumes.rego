# METADATA
# title: Persistent volumes are no folders of a node
# description: |-
#   A PersistentVolume with hostPath gives the folder of the node to whoever claims it, past the policy that pods may
#   mount none.
# custom:
#   id: PC-K8S-068
#   severity: high
#   kinds: [kubernetes.persistentvolume]
#   reads:
#     - config.spec.hostPath
#     - config.spec[0].persistent_volume_source[0].host_path
#   perPath: true
#   remedy: Use a storage class, or a local volume made by its provisioner.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.host_path_volumes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	path := _path(resource.config.spec)
	violation := {
		"address": resource.address,
		"path": path,
		"message": "The volume is a folder of a node.",
		"expected": "a disk or a file share",
		"actual": "hostPath",
		"fix": "Use a storage class in its place.",
	}
}

_path(spec) := "config.spec.hostPath" if is_object(spec.hostPath)

_path(spec) := "config.spec[0].persistent_volume_source[0].host_path[0]" if is_object(spec[0].persistent_volume_source[0].host_path[0])
