# METADATA
# title: No secret stands in a start-up script
# description: |-
#   User data can be read by every process of the machine through its metadata service, and by everyone who may
#   describe the machine.
# custom:
#   id: PC-SEC-002
#   severity: critical
#   kinds: ["*"]
#   requires: [facts.secret_in_user_data]
#   reads: [facts.secret_in_user_data]
#   remedy: Move the secret to a secret store, fetch it at start, and change it.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-5(7)}
package policies.secrets.in_user_data

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _clean(resource)
	violation := {
		"address": resource.address,
		"path": "facts.secret_in_user_data",
		"message": "The start-up script or user data hold what looks like a secret in clear text.",
		"expected": false,
		"actual": true,
		"fix": "Let the machine fetch the secret from a secret store with its own identity; then change the secret, for it has been written down.",
	}
}

_clean(resource) if resource.facts.secret_in_user_data == false
