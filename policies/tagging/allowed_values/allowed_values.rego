# METADATA
# title: A tag has one of the agreed values
# description: |-
#   Reports and other rules go by the value of a tag: production, prod and Prod are three environments to a machine.
#   A tag that is missing or empty is not judged here; that is what PC-TAG-001 is for.
# custom:
#   id: PC-TAG-002
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: ["tags.{key}"]
#   parameters:
#     key:
#       description: The tag to look at.
#       type: string
#       minLength: 1
#       default: environment
#     values:
#       description: The values it may have, in the exact spelling.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       default: [production, staging, test, development, sandbox]
#   remedy: Use one of the agreed values, in the exact spelling, or have a new one added to the rule.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-8}
#     - {framework: FinOps Framework, control: Allocation}
package policies.tagging.allowed_values

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	tags.filled(resource, input.parameters.key)
	not _allowed(resource)
	violation := {
		"address": resource.address,
		"path": tags.path(input.parameters.key),
		"message": sprintf("The tag %s has a value that is not agreed.", [input.parameters.key]),
		"expected": input.parameters.values,
		"actual": resource.tags[input.parameters.key],
		"fix": _fix(resource),
	}
}

_allowed(resource) if resource.tags[input.parameters.key] in input.parameters.values

_fix(resource) := sprintf("Write %s.", [tags.assignment(resource, input.parameters.key, value)]) if {
	some value in input.parameters.values
	lower(value) == lower(trim_space(resource.tags[input.parameters.key]))
} else := sprintf("Use one of %s.", [concat(", ", input.parameters.values)])
