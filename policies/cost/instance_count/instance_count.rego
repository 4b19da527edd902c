# METADATA
# title: Groups are no larger than agreed
# description: |-
#   A typing error in the upper limit of a group, or a loop that scales, is the classic surprise on a cloud bill.
# custom:
#   id: PC-CST-003
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.instance_count]
#   reads: [facts.instance_count]
#   parameters:
#     maximum:
#       description: The most machines or replicas that one resource may run.
#       type: integer
#       minimum: 1
#       default: 20
#   remedy: Lower the upper limit, or ask for an exemption with the reason.
package policies.cost.instance_count

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _modest(resource)
	violation := {
		"address": resource.address,
		"path": "facts.instance_count",
		"message": sprintf("It may run %v machines or replicas; more than %v need a reason.", [resource.facts.instance_count, input.parameters.maximum]),
		"expected": sprintf("at most %v", [input.parameters.maximum]),
		"actual": resource.facts.instance_count,
		"fix": object.get(_fixes, resource.type, "Lower the upper limit."),
	}
}

_modest(resource) if resource.facts.instance_count <= input.parameters.maximum

_fixes := {
	"aws_autoscaling_group": "Lower max_size.",
	"aws_ecs_service": "Lower desired_count.",
	"aws_eks_node_group": "Lower max_size in scaling_config.",
	"google_container_node_pool": "Lower max_node_count in autoscaling.",
	"azurerm_kubernetes_cluster": "Lower max_count in default_node_pool.",
	"azurerm_linux_virtual_machine_scale_set": "Lower instances.",
}
