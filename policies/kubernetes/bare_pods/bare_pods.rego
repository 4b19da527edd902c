# METADATA
# title: Pods belong to a workload
# description: |-
#   A pod that nothing owns is gone when its node is: nobody starts it again.
# custom:
#   id: PC-K8S-064
#   severity: low
#   kinds: [kubernetes.pod]
#   reads: [config.metadata.ownerReferences]
#   perPath: true
#   remedy: Write a Deployment, a StatefulSet or a Job in place of the Pod.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-10}
package policies.kubernetes.bare_pods

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _owned(resource)
	violation := {
		"address": resource.address,
		"path": "config.metadata.ownerReferences",
		"message": "Nothing starts this pod again when its node is lost.",
		"expected": "an owner",
		"actual": null,
		"fix": "Write a Deployment, a StatefulSet or a Job in place of the Pod.",
	}
}

_owned(resource) if count(resource.config.metadata.ownerReferences) > 0
