# METADATA
# title: One change deletes only part of what exists
# description: |-
#   Twenty deletions are little in a large estate and everything in a small one. This policy goes by the share of what existed
#   before the change, as far as the document lists it. The violation stands at the first of the deleted addresses.
# custom:
#   id: PC-CHG-004
#   severity: high
#   kinds: ["*"]
#   actions: [update, replace, delete, none]
#   reads: [action]
#   wholeSet: true
#   parameters:
#     percent:
#       description: The largest share, in percent, that one change may delete or replace.
#       type: number
#       minimum: 0
#       maximum: 100
#       default: 30
#     least:
#       description: Fewer deletions than this are never too many.
#       type: integer
#       minimum: 1
#       default: 5
#   remedy: Split the change, or ask for an exemption for this one.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-3}
package policies.change.deletion_share

# METADATA
# entrypoint: true
violations contains violation if {
	deleted := {resource.address | some resource in input.resources; resource.action in {"delete", "replace"}}
	count(deleted) >= input.parameters.least
	share := (count(deleted) * 100) / count(input.resources)
	share > input.parameters.percent
	violation := {
		"address": min(deleted),
		"path": "action",
		"message": sprintf("This change deletes or replaces %v of %v resources that exist.", [count(deleted), count(input.resources)]),
		"expected": sprintf("at most %v %%", [input.parameters.percent]),
		"actual": sprintf("%v %%", [round(share)]),
		"fix": "Read the list of deletions; if they are meant, split the change.",
	}
}
