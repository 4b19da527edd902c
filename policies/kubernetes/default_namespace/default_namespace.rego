# METADATA
# title: Workloads have a namespace of their own
# description: |-
#   What lands in the namespace default was usually put there by mistake. Quotas, network policies and permissions are
#   given by namespace, and default has none.
# custom:
#   id: PC-K8S-062
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
#   reads: [scope.namespace]
#   perPath: true
#   remedy: Put it into the namespace of its team or application.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.7.4"}
package policies.kubernetes.default_namespace

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	resource.scope.namespace == "default"
	violation := {
		"address": resource.address,
		"path": "scope.namespace",
		"message": "It runs in the namespace default.",
		"expected": "a namespace of its own",
		"actual": "default",
		"fix": "Set metadata.namespace.",
	}
}
