# METADATA
# title: Nobody works inside running pods
# description: |-
#   What is done in a session inside a pod leaves no change request, and whoever is in there has the rights and the
#   secrets of the pod.
# custom:
#   id: PC-K8S-066
#   severity: high
#   kinds: [kubernetes.connection]
#   actions: [connect]
#   reads: [type]
#   perPath: true
#   parameters:
#     sessions:
#       description: The sessions that nobody opens.
#       type: array
#       items: {enum: [exec, attach, port-forward, pod-proxy, service-proxy, node-proxy]}
#       minItems: 1
#       uniqueItems: true
#       default: [exec, attach]
#   remedy: Change the image or the configuration; for emergencies ask for an exemption.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-17}
#     - {framework: NIST 800-53 r5, control: CM-5}
package policies.kubernetes.sessions

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some name in input.parameters.sessions
	endswith(resource.type, concat("", ["/", _types[name]]))
	violation := {
		"address": resource.address,
		"path": "type",
		"message": sprintf("A session (%s) is opened.", [name]),
		"expected": "no session",
		"actual": name,
		"fix": "Read the logs and metrics instead; for emergencies ask for an exemption.",
	}
}

_types := {
	"exec": "PodExecOptions",
	"attach": "PodAttachOptions",
	"port-forward": "PodPortForwardOptions",
	"pod-proxy": "PodProxyOptions",
	"service-proxy": "ServiceProxyOptions",
	"node-proxy": "NodeProxyOptions",
}
