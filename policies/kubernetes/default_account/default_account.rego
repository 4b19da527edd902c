# METADATA
# title: Pods have a service account of their own
# description: |-
#   What is granted to the default account of a namespace is granted to every pod there that does not say otherwise.
# custom:
#   id: PC-K8S-061
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
#     - config.spec.serviceAccountName
#     - config.spec.template.spec.serviceAccountName
#     - config.spec.jobTemplate.spec.template.spec.serviceAccountName
#     - config.spec[0].service_account_name
#     - config.spec[0].template[0].spec[0].service_account_name
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].service_account_name
#   perPath: true
#   remedy: Make a ServiceAccount for the workload and name it in serviceAccountName.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.1.5"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.default_account

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	name := object.get(kubernetes.pod_spec(resource), "serviceAccountName", null)
	name in {null, "", "default"}
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, kubernetes.pod_path(resource), "serviceAccountName"),
		"message": "The pod runs under the default account of its namespace.",
		"expected": "an account of its own",
		"actual": name,
		"fix": "Make a ServiceAccount for the workload and name it in serviceAccountName.",
	}
}
