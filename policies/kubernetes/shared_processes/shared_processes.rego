# METADATA
# title: Containers of a pod do not see the processes of each other
# description: |-
#   With shareProcessNamespace a sidecar reads the memory, environment and files of the program beside it.
# custom:
#   id: PC-K8S-036
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
#     - config.spec.shareProcessNamespace
#     - config.spec.template.spec.shareProcessNamespace
#     - config.spec.jobTemplate.spec.template.spec.shareProcessNamespace
#     - config.spec[0].share_process_namespace
#     - config.spec[0].template[0].spec[0].share_process_namespace
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].share_process_namespace
#   perPath: true
#   remedy: Remove shareProcessNamespace; for debugging use an ephemeral container with a target.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-39}
package policies.kubernetes.shared_processes

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	kubernetes.pod_spec(resource).shareProcessNamespace == true
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, kubernetes.pod_path(resource), "shareProcessNamespace"),
		"message": "The containers of the pod share their processes.",
		"expected": false,
		"actual": true,
		"fix": "Remove shareProcessNamespace.",
	}
}
