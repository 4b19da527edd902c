# METADATA
# title: A tag has a value of the agreed form
# description: |-
#   A cost centre that accounting does not know and an owner that is no address look filled and help nobody. A tag that is
#   missing or empty is not judged here; that is what PC-TAG-001 is for.
# custom:
#   id: PC-TAG-004
#   severity: low
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: ["tags.{key}"]
#   parameters:
#     key:
#       description: The tag to look at.
#       type: string
#       minLength: 1
#       default: owner
#     pattern:
#       description: A regular expression (RE2) that the value must match.
#       type: string
#       minLength: 1
#       default: '^[^@\s]+@[^@\s]+\.[^@\s]+$'
#     hint:
#       description: The form in words, for the message.
#       type: string
#       minLength: 1
#       default: an e-mail address
#   remedy: Write the value in the agreed form.
#   controls:
#     - {framework: FinOps Framework, control: Allocation}
package policies.tagging.value_pattern

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	tags.filled(resource, input.parameters.key)
	not _formed(resource)
	violation := {
		"address": resource.address,
		"path": tags.path(input.parameters.key),
		"message": sprintf("The tag %s is not %s.", [input.parameters.key, input.parameters.hint]),
		"expected": input.parameters.pattern,
		"actual": resource.tags[input.parameters.key],
		"fix": sprintf("Write %s into the tag %s.", [input.parameters.hint, input.parameters.key]),
	}
}

_formed(resource) if regex.match(input.parameters.pattern, resource.tags[input.parameters.key])
