# METADATA
# title: Very large machines need a reason
# description: |-
#   The largest sizes cost thousands a month each. Few loads need one, and those that do are known by name: give them an
#   exemption.
# custom:
#   id: PC-CST-007
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.size]
#   reads: [facts.size]
#   parameters:
#     sizes:
#       description: Sizes that need a reason, as globs; case does not count.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       default: ["*.metal*", "*.16xlarge", "*.18xlarge", "*.24xlarge", "*.32xlarge", "*.48xlarge", "*.56xlarge", "*.112xlarge", "*-megamem-*", "*-ultramem-*", "*-standard-96", "*-highmem-96", "standard_m*", "standard_d96*", "standard_e96*"]
#   remedy: Take a smaller size, or several smaller machines, or ask for an exemption with the reason.
package policies.cost.forbidden_sizes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	_huge(resource)
	violation := {
		"address": resource.address,
		"path": "facts.size",
		"message": sprintf("The size %s is very large.", [resource.facts.size]),
		"expected": "a smaller size",
		"actual": resource.facts.size,
		"fix": "Take a smaller size, or several smaller machines.",
	}
}

_huge(resource) if {
	some pattern in input.parameters.sizes
	glob.match(lower(pattern), null, lower(resource.facts.size))
}
