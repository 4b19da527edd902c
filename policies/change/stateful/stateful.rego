# METADATA
# title: Nothing that holds data is deleted by the way
# description: |-
#   A renamed block, a changed name or a lowered count deletes a database as easily as it deletes a firewall rule. Deleting or
#   replacing what holds data is a decision: whoever takes it says so by a tag, or by an exemption. What is deleted is judged by
#   the tags that it has, so the tag comes in a change before the deletion.
# custom:
#   id: PC-CHG-001
#   severity: critical
#   kinds: ["*"]
#   actions: [delete, replace]
#   requires: [facts.stateful]
#   reads: [action, "tags.{approval}"]
#   perPath: true
#   parameters:
#     approval:
#       description: The tag by which its deletion is approved, with any value but false and no.
#       type: string
#       minLength: 1
#       default: deletion-approved
#   remedy: Keep it (moved blocks, ignore_changes, prevent_destroy), or approve its deletion beforehand.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-3}
#     - {framework: NIST 800-53 r5, control: CP-9}
package policies.change.stateful

import data.lib.tags

# Unknown tags approve nothing: the violation hangs on the action, which is always known.
# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _approved(resource)
	violation := {
		"address": resource.address,
		"path": "action",
		"message": sprintf("This change %s it, and the data that it holds is lost.", [_verbs[resource.action]]),
		"expected": "kept",
		"actual": resource.action,
		"fix": _fixes[resource.action],
	}
}

_approved(resource) if {
	tags.filled(resource, input.parameters.approval)
	not tags.one_of(resource, input.parameters.approval, ["false", "no"])
}

_verbs := {"delete": "deletes", "replace": "replaces"}

_fixes := {
	"delete": "Put it back, use a moved block if it has another address now, or approve its deletion in a change of its own first.",
	"replace": "Undo the change of the attribute that forces the replacement, or move the data to a new resource first.",
}
