# METADATA
# title: Containers cannot write to their own files
# description: |-
#   Who breaks into a container wants to leave a program behind. On a read-only file system there is no place for it,
#   and what a container holds stays what was built.
# custom:
#   id: PC-K8S-030
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
#     - config.spec.containers[*].securityContext.readOnlyRootFilesystem
#     - config.spec.initContainers[*].securityContext.readOnlyRootFilesystem
#     - config.spec.template.spec.containers[*].securityContext.readOnlyRootFilesystem
#     - config.spec.template.spec.initContainers[*].securityContext.readOnlyRootFilesystem
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.readOnlyRootFilesystem
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.readOnlyRootFilesystem
#     - config.spec[0].container[*].security_context[0].read_only_root_filesystem
#     - config.spec[0].init_container[*].security_context[0].read_only_root_filesystem
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].read_only_root_filesystem
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].read_only_root_filesystem
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].read_only_root_filesystem
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].read_only_root_filesystem
#     - config.spec.os.name
#     - config.spec.template.spec.os.name
#     - config.spec.jobTemplate.spec.template.spec.os.name
#   perPath: true
#   remedy: Set readOnlyRootFilesystem to true and mount an emptyDir where the program writes.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-7}
#     - {framework: NIST 800-53 r5, control: SI-7}
package policies.kubernetes.read_only_root

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _windows(resource)
	some entry in kubernetes.containers(resource)
	entry.field != "ephemeralContainers"
	not entry.container.securityContext.readOnlyRootFilesystem == true
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.readOnlyRootFilesystem"),
		"message": "A container can write to its own files.",
		"expected": true,
		"actual": object.get(entry.container, ["securityContext", "readOnlyRootFilesystem"], null),
		"fix": "Set readOnlyRootFilesystem to true, and mount an emptyDir where the program writes.",
	}
}

# What Linux alone has, a Windows pod need not set.
_windows(resource) if kubernetes.pod_spec(resource).os.name == "windows"
