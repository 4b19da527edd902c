# METADATA
# title: Permissions name their resources
# description: |-
#   A permission on every resource reaches the data of every other team in the same account.
# custom:
#   id: PC-IAM-002
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.wildcard_resources]
#   reads: [facts.wildcard_resources]
#   remedy: Name the resources; keep the wildcard in a statement of its own for the few actions that know no resource.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.identity.wildcard_resources

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _named(resource)
	violation := {
		"address": resource.address,
		"path": "facts.wildcard_resources",
		"message": "A statement allows something on every resource.",
		"expected": false,
		"actual": true,
		"fix": "Name the resources, or a common prefix of theirs, in place of the wildcard.",
	}
}

_named(resource) if resource.facts.wildcard_resources == false
