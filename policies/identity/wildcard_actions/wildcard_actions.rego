# METADATA
# title: Permissions name their actions
# description: |-
#   A wildcard grants tomorrow's actions too: whatever the provider adds to the service is allowed on the day it
#   appears.
# custom:
#   id: PC-IAM-001
#   severity: high
#   kinds: ["*"]
#   requires: [facts.wildcard_actions]
#   reads: [facts.wildcard_actions]
#   remedy: Replace the wildcard by the actions that are needed; access logs and the access analyser of the cloud tell which are.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.identity.wildcard_actions

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _named(resource)
	violation := {
		"address": resource.address,
		"path": "facts.wildcard_actions",
		"message": "A statement allows every action, or every action of a service.",
		"expected": false,
		"actual": true,
		"fix": "Name the actions that are needed in place of the wildcard.",
	}
}

_named(resource) if resource.facts.wildcard_actions == false
