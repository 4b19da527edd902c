# METADATA
# title: Tags hold no placeholders
# description: |-
#   todo, none and changeme satisfy a demand for a tag and tell nobody anything. They are what a demand without this policy
#   gets.
# custom:
#   id: PC-TAG-005
#   severity: low
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: ["tags.{keys}"]
#   perPath: true
#   parameters:
#     keys:
#       description: The tags to look at.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       default: [owner, cost-center, environment]
#     placeholders:
#       description: Values that say nothing, in lower case.
#       type: array
#       items: {type: string}
#       default: [todo, tbd, tba, none, "null", unknown, undefined, n/a, na, changeme, change-me, xxx, "-", "?", test123, foo, bar]
#   remedy: Replace the placeholder by the real value.
#   controls:
#     - {framework: FinOps Framework, control: Allocation}
package policies.tagging.placeholder

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some key in input.parameters.keys
	lower(trim_space(resource.tags[key])) in input.parameters.placeholders
	violation := {
		"address": resource.address,
		"path": tags.path(key),
		"message": sprintf("The tag %s holds a placeholder.", [key]),
		"expected": "a real value",
		"actual": resource.tags[key],
		"fix": sprintf("Replace the placeholder in the tag %s by the real value.", [key]),
	}
}
