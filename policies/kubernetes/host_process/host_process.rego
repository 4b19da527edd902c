# METADATA
# title: Windows containers do not run on the host
# description: |-
#   A HostProcess container is an administrator of its Windows node.
# custom:
#   id: PC-K8S-011
#   severity: critical
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
#     - config.spec.securityContext.windowsOptions.hostProcess
#     - config.spec.template.spec.securityContext.windowsOptions.hostProcess
#     - config.spec.jobTemplate.spec.template.spec.securityContext.windowsOptions.hostProcess
#     - config.spec[0].security_context[0].windows_options[0].host_process
#     - config.spec[0].template[0].spec[0].security_context[0].windows_options[0].host_process
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].windows_options[0].host_process
#     - config.spec.containers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.initContainers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.ephemeralContainers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.template.spec.containers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.template.spec.initContainers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.windowsOptions.hostProcess
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.windowsOptions.hostProcess
#     - config.spec[0].container[*].security_context[0].windows_options[0].host_process
#     - config.spec[0].init_container[*].security_context[0].windows_options[0].host_process
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].windows_options[0].host_process
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].windows_options[0].host_process
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].windows_options[0].host_process
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].windows_options[0].host_process
#   perPath: true
#   remedy: Remove hostProcess; node agents that need it get an exemption.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: HostProcess", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.11"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.host_process

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in kubernetes.security_contexts(resource)
	place.context.windowsOptions.hostProcess == true
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, place.path, "securityContext.windowsOptions.hostProcess"),
		"message": "It runs on the Windows host itself.",
		"expected": false,
		"actual": true,
		"fix": "Remove hostProcess.",
	}
}
