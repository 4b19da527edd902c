# METADATA
# title: Names follow the agreed form
# description: |-
#   People find things by name in consoles, bills and logs that show no tags. Which kinds follow which form is for a rule to
#   say: bind this policy once for each form.
# custom:
#   id: PC-NAM-001
#   severity: low
#   kinds: ["*"]
#   requires: [facts.name]
#   reads: [facts.name]
#   parameters:
#     pattern:
#       description: A regular expression (RE2) that the name must match.
#       type: string
#       minLength: 1
#       default: '^[a-z0-9]+([._-][a-z0-9]+)*$'
#     hint:
#       description: The form in words, for the message.
#       type: string
#       minLength: 1
#       default: lower-case words joined by - _ or .
#   remedy: Rename it before it is created; most resources must be replaced to get another name.
package policies.naming.pattern

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _formed(resource)
	violation := {
		"address": resource.address,
		"path": "facts.name",
		"message": sprintf("Its name is not of the agreed form: %s.", [input.parameters.hint]),
		"expected": input.parameters.pattern,
		"actual": resource.facts.name,
		"fix": sprintf("Rename it: %s.", [input.parameters.hint]),
	}
}

_formed(resource) if regex.match(input.parameters.pattern, resource.facts.name)
