# METADATA
# title: Namespaces say which Pod Security Standard holds there
# description: |-
#   The label pod-security.kubernetes.io/enforce makes the API server itself refuse dangerous pods, also while a gate is
#   down.
# custom:
#   id: PC-K8S-067
#   severity: low
#   kinds: [kubernetes.namespace]
#   reads:
#     - tags["pod-security.kubernetes.io/enforce"]
#   perPath: true
#   parameters:
#     levels:
#       description: The agreed levels, the one to advise first.
#       type: array
#       items: {enum: [baseline, restricted, privileged]}
#       minItems: 1
#       uniqueItems: true
#       default: [baseline, restricted]
#   remedy: Label the namespace pod-security.kubernetes.io/enforce with baseline or restricted.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-6}
package policies.kubernetes.namespace_standard

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	level := object.get(resource, ["tags", "pod-security.kubernetes.io/enforce"], null)
	not level in input.parameters.levels
	violation := {
		"address": resource.address,
		"path": `tags["pod-security.kubernetes.io/enforce"]`,
		"message": "The namespace holds its pods to no agreed Pod Security Standard.",
		"expected": input.parameters.levels,
		"actual": level,
		"fix": sprintf("Label the namespace pod-security.kubernetes.io/enforce: %s.", [input.parameters.levels[0]]),
	}
}
