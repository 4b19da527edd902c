# METADATA
# title: Passwords are long
# description: A short password is found by trying.
# custom:
#   id: PEER-PWD-001
#   severity: high
#   kinds: [random_password]
#   reads: [config.length]
#   remedy: Set length to 24 or more.
package policies.passwords.length

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	resource.config.length < 24
	violation := {
		"address": resource.address,
		"path": "config.length",
		"message": "The password is short.",
		"actual": resource.config.length,
		"expected": "24 or more",
		"fix": "Set length = 24.",
	}
}
