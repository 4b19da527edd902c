# METADATA
# title: Production runs more than one replica
# description: |-
#   A single pod is down whenever its node is drained, upgraded or lost. Scaling by kubectl and by autoscalers is judged
#   too.
# custom:
#   id: PC-K8S-063
#   severity: medium
#   kinds: [kubernetes.deployment, kubernetes.scale, kubernetes.horizontalpodautoscaler]
#   requires: [facts.instance_count]
#   reads: [facts.instance_count]
#   perPath: true
#   parameters:
#     minimum:
#       description: The fewest replicas.
#       type: integer
#       minimum: 1
#       default: 2
#   remedy: Raise spec.replicas; for an autoscaler raise maxReplicas.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-10}
#     - {framework: NIST 800-53 r5, control: SC-5}
package policies.kubernetes.replicas

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	count_of := resource.facts.instance_count

	# Nought is switched off on purpose.
	count_of > 0
	count_of < input.parameters.minimum
	violation := {
		"address": resource.address,
		"path": "facts.instance_count",
		"message": sprintf("It runs %d of at least %d replicas.", [count_of, input.parameters.minimum]),
		"expected": input.parameters.minimum,
		"actual": count_of,
		"fix": sprintf("Set spec.replicas to %d or more.", [input.parameters.minimum]),
	}
}
