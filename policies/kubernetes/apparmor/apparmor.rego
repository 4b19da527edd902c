# METADATA
# title: AppArmor stays on
# description: |-
#   AppArmor keeps a container that was broken into from files and devices that it has no business with. Clusters older
#   than 1.30 name the profile in an annotation, which counts too.
# custom:
#   id: PC-K8S-006
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
#     - config.spec.securityContext.appArmorProfile.type
#     - config.spec.template.spec.securityContext.appArmorProfile.type
#     - config.spec.jobTemplate.spec.template.spec.securityContext.appArmorProfile.type
#     - config.spec.containers[*].securityContext.appArmorProfile.type
#     - config.spec.initContainers[*].securityContext.appArmorProfile.type
#     - config.spec.ephemeralContainers[*].securityContext.appArmorProfile.type
#     - config.spec.template.spec.containers[*].securityContext.appArmorProfile.type
#     - config.spec.template.spec.initContainers[*].securityContext.appArmorProfile.type
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.appArmorProfile.type
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.appArmorProfile.type
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.appArmorProfile.type
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.appArmorProfile.type
#     - config.metadata.annotations
#     - config.spec.template.metadata.annotations
#     - config.spec.jobTemplate.spec.template.metadata.annotations
#   perPath: true
#   remedy: Remove the profile, or set its type to RuntimeDefault.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: AppArmor", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
package policies.kubernetes.apparmor

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in kubernetes.security_contexts(resource)
	place.context.appArmorProfile.type == "Unconfined"
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, place.path, "securityContext.appArmorProfile.type"),
		"message": "AppArmor is switched off.",
		"expected": "RuntimeDefault",
		"actual": "Unconfined",
		"fix": "Set appArmorProfile.type to RuntimeDefault.",
	}
}

# Annotations of the pod itself, which stand beside its spec.
violations contains violation if {
	some resource in input.resources
	holder := trim_suffix(kubernetes.pod_path(resource), "spec")
	annotations := object.get(resource, array.concat(split(trim_suffix(holder, "."), "."), ["metadata", "annotations"]), {})
	some key, "unconfined" in annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	violation := {
		"address": resource.address,
		"path": sprintf("%smetadata.annotations[%s]", [holder, json.marshal(key)]),
		"message": "AppArmor is switched off.",
		"expected": "runtime/default",
		"actual": "unconfined",
		"fix": "Remove the annotation.",
	}
}
