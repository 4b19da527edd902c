# METADATA
# title: Each environment uses the sizes agreed for it
# description: |-
#   Development machines are copied from production with their size, and run day and night. Every entry whose environments
#   match must allow the size; where no entry matches, any size will do.
# custom:
#   id: PC-CST-001
#   severity: low
#   kinds: ["*"]
#   requires: [facts.size]
#   reads: [facts.size, "tags.{tag}"]
#   parameters:
#     tag:
#       description: The tag that names the environment.
#       type: string
#       minLength: 1
#       default: environment
#     allowed:
#       description: Environments and sizes, as globs; case does not count. A missing tag is the empty word, which * matches.
#       type: array
#       items:
#         type: object
#         additionalProperties: false
#         required: [environments, sizes]
#         properties:
#           environments: {type: array, items: {type: string}, minItems: 1}
#           sizes: {type: array, items: {type: string}, minItems: 1}
#       default:
#         - environments: [dev*, test*, sandbox*]
#           sizes: ["*.nano", "*.micro", "*.small", "*.medium", "*.large", "*.xlarge", e2-*, "*-standard-2", "*-standard-4", db-f1-micro, db-g1-small, standard_b*, standard_d2*, standard_d4*]
#   remedy: Take a size that is agreed for the environment.
package policies.cost.allowed_sizes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	environment := object.get(resource, ["tags", input.parameters.tag], "")
	some entry in input.parameters.allowed
	_any_match(entry.environments, environment)
	not _any_match(entry.sizes, resource.facts.size)
	violation := {
		"address": resource.address,
		"path": "facts.size",
		"message": sprintf("The size %s is not agreed for its environment.", [resource.facts.size]),
		"expected": entry.sizes,
		"actual": resource.facts.size,
		"fix": sprintf("Take a size like %s.", [concat(", ", entry.sizes)]),
	}
}

_any_match(patterns, value) if {
	some pattern in patterns
	glob.match(lower(pattern), null, lower(value))
}
