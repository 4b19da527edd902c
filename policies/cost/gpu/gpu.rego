# METADATA
# title: Accelerators are approved
# description: |-
#   A machine with accelerators costs ten to a hundred times what one without them costs, and a forgotten one is the most
#   common surprise on the bill of a machine-learning team. Whoever approves it writes the name into a tag.
# custom:
#   id: PC-CST-004
#   severity: high
#   kinds: ["*"]
#   requires: [facts.gpu]
#   reads: [facts.gpu, "tags.{tag}"]
#   parameters:
#     tag:
#       description: The tag that says who approved it.
#       type: string
#       minLength: 1
#       default: gpu-approved-by
#   remedy: Have it approved and say so in the tag, or use machines without accelerators.
package policies.cost.gpu

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _approved(resource)
	violation := {
		"address": resource.address,
		"path": tags.path(input.parameters.tag),
		"message": "It runs on accelerators, and nobody has approved them.",
		"expected": sprintf("the tag %s", [input.parameters.tag]),
		"actual": object.get(resource, ["tags", input.parameters.tag], null),
		"fix": sprintf("Have it approved and add %s.", [tags.assignment(resource, input.parameters.tag, "…")]),
	}
}

_approved(resource) if resource.facts.gpu == false

_approved(resource) if tags.filled(resource, input.parameters.tag)
