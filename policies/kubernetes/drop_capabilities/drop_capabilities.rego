# METADATA
# title: Containers drop all capabilities
# description: |-
#   A web service needs none of the dozen capabilities that runtimes grant; each is a way to do harm. Ports below 1024
#   need NET_BIND_SERVICE, which may be added back.
# custom:
#   id: PC-K8S-023
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
#     - config.spec.containers[*].securityContext.capabilities
#     - config.spec.initContainers[*].securityContext.capabilities
#     - config.spec.ephemeralContainers[*].securityContext.capabilities
#     - config.spec.template.spec.containers[*].securityContext.capabilities
#     - config.spec.template.spec.initContainers[*].securityContext.capabilities
#     - config.spec.template.spec.ephemeralContainers[*].securityContext.capabilities
#     - config.spec.jobTemplate.spec.template.spec.containers[*].securityContext.capabilities
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].securityContext.capabilities
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].securityContext.capabilities
#     - config.spec[0].container[*].security_context[0].capabilities
#     - config.spec[0].init_container[*].security_context[0].capabilities
#     - config.spec[0].template[0].spec[0].container[*].security_context[0].capabilities
#     - config.spec[0].template[0].spec[0].init_container[*].security_context[0].capabilities
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].security_context[0].capabilities
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].security_context[0].capabilities
#     - config.spec.os.name
#     - config.spec.template.spec.os.name
#     - config.spec.jobTemplate.spec.template.spec.os.name
#   perPath: true
#   remedy: Drop ALL in every container, and add back NET_BIND_SERVICE at most.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Restricted: Capabilities", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.10"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.drop_capabilities

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _windows(resource)
	some entry in kubernetes.containers(resource)
	not _drops_all(entry.container)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "securityContext.capabilities.drop"),
		"message": "A container keeps capabilities that it does not need.",
		"expected": ["ALL"],
		"actual": object.get(entry.container, ["securityContext", "capabilities", "drop"], null),
		"fix": "Set capabilities.drop to [ALL] in the securityContext of the container.",
	}
}

violations contains violation if {
	some resource in input.resources
	not _windows(resource)
	some entry in kubernetes.containers(resource)
	some index, capability in entry.container.securityContext.capabilities.add
	not trim_prefix(upper(capability), "CAP_") == "NET_BIND_SERVICE"
	list := kubernetes.path(resource, entry.path, "securityContext.capabilities.add")
	violation := {
		"address": resource.address,
		"path": sprintf("%s[%d]", [list, index]),
		"message": "A container adds a capability back.",
		"expected": "NET_BIND_SERVICE or none",
		"actual": capability,
		"fix": "Remove it from capabilities.add.",
	}
}

_drops_all(container) if {
	some capability in container.securityContext.capabilities.drop
	upper(capability) == "ALL"
}

# What Linux alone has, a Windows pod need not set.
_windows(resource) if kubernetes.pod_spec(resource).os.name == "windows"
