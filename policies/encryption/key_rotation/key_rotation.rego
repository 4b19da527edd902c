# METADATA
# title: Keys and secrets are rotated
# description: |-
#   Rotation limits how much one that leaked opens, and proves that a change of it works before it has to.
# custom:
#   id: PC-ENC-005
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.key_rotation]
#   reads: [facts.key_rotation]
#   remedy: Switch automatic rotation on, at most a year apart.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-12}
#     - {framework: CIS AWS Foundations 3.0.0, control: "3.6"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "1.10"}
package policies.encryption.key_rotation

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _rotated(resource)
	violation := {
		"address": resource.address,
		"path": "facts.key_rotation",
		"message": "It is not rotated automatically.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_rotated(resource) if resource.facts.key_rotation

_fix := "Switch automatic rotation on."

_fixes := {
	"aws_secretsmanager_secret": "Add an aws_secretsmanager_secret_rotation for this secret.",
	"aws_kms_key": "Set enable_key_rotation = true.",
	"google_kms_crypto_key": `Set rotation_period = "7776000s" (90 days).`,
	"azurerm_key_vault_key": "Add a rotation_policy with an automatic block.",
}
