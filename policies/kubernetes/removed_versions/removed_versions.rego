# METADATA
# title: Manifests use versions of the API that clusters still serve
# description: |-
#   An object of a removed version is refused by the next cluster that is upgraded, usually in the middle of a
#   deployment.
# custom:
#   id: PC-K8S-069
#   severity: medium
#   kinds: ["kubernetes.*"]
#   reads: [type]
#   perPath: true
#   remedy: Write the version that replaces it; kubectl convert helps.
#   controls:
#     - {framework: NIST 800-53 r5, control: SA-22}
package policies.kubernetes.removed_versions

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	removed := _removed[resource.type]
	violation := {
		"address": resource.address,
		"path": "type",
		"message": sprintf("Kubernetes %s no longer serves this version of the API.", [removed.since]),
		"expected": removed.use,
		"actual": resource.type,
		"fix": sprintf("Write apiVersion: %s.", [removed.use]),
	}
}

# https://kubernetes.io/docs/reference/using-api/deprecation-guide/
_removed := {
	"apps/v1beta1/Deployment": {"since": "1.16", "use": "apps/v1"},
	"apps/v1beta1/StatefulSet": {"since": "1.16", "use": "apps/v1"},
	"apps/v1beta2/DaemonSet": {"since": "1.16", "use": "apps/v1"},
	"apps/v1beta2/Deployment": {"since": "1.16", "use": "apps/v1"},
	"apps/v1beta2/ReplicaSet": {"since": "1.16", "use": "apps/v1"},
	"apps/v1beta2/StatefulSet": {"since": "1.16", "use": "apps/v1"},
	"autoscaling/v2beta1/HorizontalPodAutoscaler": {"since": "1.25", "use": "autoscaling/v2"},
	"autoscaling/v2beta2/HorizontalPodAutoscaler": {"since": "1.26", "use": "autoscaling/v2"},
	"batch/v1beta1/CronJob": {"since": "1.25", "use": "batch/v1"},
	"extensions/v1beta1/DaemonSet": {"since": "1.16", "use": "apps/v1"},
	"extensions/v1beta1/Deployment": {"since": "1.16", "use": "apps/v1"},
	"extensions/v1beta1/Ingress": {"since": "1.22", "use": "networking.k8s.io/v1"},
	"extensions/v1beta1/NetworkPolicy": {"since": "1.16", "use": "networking.k8s.io/v1"},
	"extensions/v1beta1/ReplicaSet": {"since": "1.16", "use": "apps/v1"},
	"networking.k8s.io/v1beta1/Ingress": {"since": "1.22", "use": "networking.k8s.io/v1"},
	"policy/v1beta1/PodDisruptionBudget": {"since": "1.25", "use": "policy/v1"},
	"rbac.authorization.k8s.io/v1beta1/ClusterRole": {"since": "1.22", "use": "rbac.authorization.k8s.io/v1"},
	"rbac.authorization.k8s.io/v1beta1/ClusterRoleBinding": {"since": "1.22", "use": "rbac.authorization.k8s.io/v1"},
	"rbac.authorization.k8s.io/v1beta1/Role": {"since": "1.22", "use": "rbac.authorization.k8s.io/v1"},
	"rbac.authorization.k8s.io/v1beta1/RoleBinding": {"since": "1.22", "use": "rbac.authorization.k8s.io/v1"},
	"storage.k8s.io/v1beta1/StorageClass": {"since": "1.22", "use": "storage.k8s.io/v1"},
}
