# METADATA
# title: Overwritten objects can be had back
# description: |-
#   Versions undo what a backup at night cannot: the object that was overwritten or deleted an hour ago, by mistake
#   or by ransomware.
# custom:
#   id: PC-RES-004
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.versioned]
#   reads: [facts.versioned]
#   remedy: Switch versioning or soft delete on, with a lifecycle rule that ends old versions.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-9}
package policies.resilience.versioned

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _versioned(resource)
	violation := {
		"address": resource.address,
		"path": "facts.versioned",
		"message": "Overwritten and deleted objects cannot be had back.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_versioned(resource) if resource.facts.versioned

_fix := "Switch versioning or soft delete on."

_fixes := {
	"aws_s3_bucket": `Add an aws_s3_bucket_versioning resource with status = "Enabled" for this bucket.`,
	"google_storage_bucket": "Add versioning { enabled = true }.",
	"azurerm_storage_account": "Set versioning_enabled = true in blob_properties.",
	"azurerm_key_vault": "Set purge_protection_enabled = true.",
}
