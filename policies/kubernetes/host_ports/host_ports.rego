# METADATA
# title: Containers open no ports of their node
# description: |-
#   A port of the node is reached past every Service and many network policies, and only one pod of a node can have it.
# custom:
#   id: PC-K8S-004
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
#     - config.spec.containers[*].ports[*].hostPort
#     - config.spec.initContainers[*].ports[*].hostPort
#     - config.spec.ephemeralContainers[*].ports[*].hostPort
#     - config.spec.template.spec.containers[*].ports[*].hostPort
#     - config.spec.template.spec.initContainers[*].ports[*].hostPort
#     - config.spec.template.spec.ephemeralContainers[*].ports[*].hostPort
#     - config.spec.jobTemplate.spec.template.spec.containers[*].ports[*].hostPort
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].ports[*].hostPort
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].ports[*].hostPort
#     - config.spec[0].container[*].port[*].host_port
#     - config.spec[0].init_container[*].port[*].host_port
#     - config.spec[0].template[0].spec[0].container[*].port[*].host_port
#     - config.spec[0].template[0].spec[0].init_container[*].port[*].host_port
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].port[*].host_port
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].port[*].host_port
#   perPath: true
#   parameters:
#     allowed:
#       description: Ports of the node that containers may take.
#       type: array
#       items: {type: integer, minimum: 1, maximum: 65535}
#       uniqueItems: true
#       default: []
#   remedy: Remove hostPort and publish the port by a Service.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Host Ports", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: CIS Kubernetes 1.8.0, control: "5.2.13"}
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.kubernetes.host_ports

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	some index, port in entry.container.ports
	not _allowed(object.get(port, "hostPort", 0))
	list := kubernetes.path(resource, entry.path, "ports")
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, sprintf("%s[%d]", [list, index]), "hostPort"),
		"message": sprintf("A container takes port %v of its node.", [port.hostPort]),
		"expected": "no port of the node",
		"actual": port.hostPort,
		"fix": "Remove hostPort and publish the port by a Service.",
	}
}

# Nought is how the API writes none.
_allowed(port) if port in {0, null}

_allowed(port) if port in input.parameters.allowed
