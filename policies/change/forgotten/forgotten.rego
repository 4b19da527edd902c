# METADATA
# title: What holds data stays under management
# description: |-
#   A removed block lets go of a resource: it lives on, is paid for, and no change of this code will ever mend or delete it.
#   That is right when another code base takes it over, and a leak when none does.
# custom:
#   id: PC-CHG-005
#   severity: medium
#   kinds: ["*"]
#   actions: [forget]
#   requires: [facts.stateful]
#   reads: [action]
#   remedy: Say where it is managed from now on, or keep it here.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-8}
package policies.change.forgotten

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	violation := {
		"address": resource.address,
		"path": "action",
		"message": "This change lets go of it: it lives on with its data, and nothing manages it.",
		"expected": "managed",
		"actual": resource.action,
		"fix": "Import it where it is managed from now on, or keep its block here.",
	}
}
