# METADATA
# title: Pods that do not talk to the API carry no token for it
# description: |-
#   By default every container holds a token for the API server. Most never use it; whoever breaks in does. A pod that
#   needs one says so with true, and gets an exemption or a rule of its own.
# custom:
#   id: PC-K8S-060
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
#     - config.spec.automountServiceAccountToken
#     - config.spec.template.spec.automountServiceAccountToken
#     - config.spec.jobTemplate.spec.template.spec.automountServiceAccountToken
#     - config.spec[0].automount_service_account_token
#     - config.spec[0].template[0].spec[0].automount_service_account_token
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].automount_service_account_token
#   perPath: true
#   remedy: Set automountServiceAccountToken to false in the pod.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.1.6"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.account_token

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	spec := kubernetes.pod_spec(resource)
	not spec.automountServiceAccountToken == false
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, kubernetes.pod_path(resource), "automountServiceAccountToken"),
		"message": "The pod carries a token for the API server.",
		"expected": false,
		"actual": object.get(spec, "automountServiceAccountToken", null),
		"fix": "Set automountServiceAccountToken to false.",
	}
}
