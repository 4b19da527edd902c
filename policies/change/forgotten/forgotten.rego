# METADATA
# title: What holds data stays under management
# description: |-
#   A removed block lets go of a resource: it lives on, is paid for, and no change of this code will ever mend or delete it.
#   That is right when another code base takes it over, which a tag on it says, and a leak when none does.
# custom:
#   id: PC-CHG-005
#   severity: medium
#   kinds: ["*"]
#   actions: [forget]
#   requires: [facts.stateful]
#   reads: [action, "tags.{tag}"]
#   perPath: true
#   parameters:
#     tag:
#       description: The tag that says who manages it from now on.
#       type: string
#       minLength: 1
#       default: managed-by
#   remedy: Say where it is managed from now on, or keep it here.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-8}
package policies.change.forgotten

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not tags.filled(resource, input.parameters.tag)
	violation := {
		"address": resource.address,
		"path": "action",
		"message": "This change lets go of it: it lives on with its data, and nothing manages it.",
		"expected": "managed",
		"actual": resource.action,
		"fix": sprintf("Keep its block here, or say in its tag %s who manages it from now on, in a change before this one.", [input.parameters.tag]),
	}
}
