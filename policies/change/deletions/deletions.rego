# METADATA
# title: One change deletes only so much
# description: |-
#   A wrong variable, an empty list or a provider that has lost its state deletes everything at once, and the plan is too long
#   for anybody to read. A replacement counts: it deletes first. The violation stands at the first of the addresses.
# custom:
#   id: PC-CHG-002
#   severity: high
#   kinds: ["*"]
#   actions: [delete, replace]
#   reads: [action]
#   wholeSet: true
#   parameters:
#     maximum:
#       description: The most resources that one change may delete or replace.
#       type: integer
#       minimum: 0
#       default: 20
#   remedy: Split the change, or ask for an exemption for this one.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-3}
package policies.change.deletions

# METADATA
# entrypoint: true
violations contains violation if {
	addresses := {resource.address | some resource in input.resources}
	count(addresses) > input.parameters.maximum
	violation := {
		"address": min(addresses),
		"path": "action",
		"message": sprintf("This change deletes or replaces %v resources; more than %v need a reason.", [count(addresses), input.parameters.maximum]),
		"expected": sprintf("at most %v", [input.parameters.maximum]),
		"actual": count(addresses),
		"fix": "Read the list of deletions; if they are meant, split the change.",
	}
}
