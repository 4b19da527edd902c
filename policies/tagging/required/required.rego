# METADATA
# title: Required tags are there
# description: |-
#   Without an owner nobody can be asked before a risky resource changes, and without a cost centre nobody pays for it.
#   A tag that is missing, empty or made of blanks alone counts as missing. Only resources that can carry tags are judged.
# custom:
#   id: PC-TAG-001
#   severity: high
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: ["tags.{keys}"]
#   perPath: true
#   parameters:
#     keys:
#       description: The tags that must be there.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       uniqueItems: true
#       default: [owner]
#   remedy: Add the tag with a value, on the resource itself or in the default tags of its provider.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-8}
#     - {framework: FinOps Framework, control: Allocation}
#     - {framework: FOCUS 1.0, control: Tags}
package policies.tagging.required

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some key in input.parameters.keys
	not tags.filled(resource, key)
	violation := {
		"address": resource.address,
		"path": tags.path(key),
		"message": concat(" ", ["The tag", key, _state(resource, key)]),
		"expected": "a value",
		"actual": object.get(resource, ["tags", key], null),
		"fix": concat("", ["Add ", tags.assignment(resource, key, "…"), "."]),
	}
}

_state(resource, key) := "is empty." if {
	resource.tags[key]
} else := "is missing."
