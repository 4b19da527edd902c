# METADATA
# title: Data stays in the agreed regions
# description: |-
#   Law and contracts say where data may lie, and a forgotten region is one nobody watches. What is global, or has no region,
#   is not judged.
# custom:
#   id: PC-LOC-001
#   severity: high
#   kinds: ["*"]
#   requires: [facts.region]
#   reads: [facts.region]
#   parameters:
#     allowed:
#       description: Regions as globs; case and blanks do not count, so West Europe is westeurope.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#   remedy: Create it in one of the agreed regions.
#   controls:
#     - {framework: NIST 800-53 r5, control: SA-9(5)}
package policies.regions.allowed

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _agreed(resource)
	violation := {
		"address": resource.address,
		"path": "facts.region",
		"message": sprintf("It lies in %s, which is not an agreed region.", [resource.facts.region]),
		"expected": input.parameters.allowed,
		"actual": resource.facts.region,
		"fix": sprintf("Create it in %s.", [concat(" or ", input.parameters.allowed)]),
	}
}

_agreed(resource) if _plain(resource.facts.region) == "global"

_agreed(resource) if {
	some region in input.parameters.allowed
	glob.match(_plain(region), null, _plain(resource.facts.region))
}

_plain(region) := replace(lower(region), " ", "")
