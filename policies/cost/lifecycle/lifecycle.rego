# METADATA
# title: What is old expires
# description: |-
#   What nobody deletes is paid for every month: old builds, old versions, aborted uploads, sessions of last year.
# custom:
#   id: PC-CST-005
#   severity: low
#   kinds: ["*"]
#   requires: [facts.lifecycle]
#   reads: [facts.lifecycle]
#   remedy: Add a lifecycle rule that moves or ends what is old.
package policies.cost.lifecycle

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _tidied(resource)
	violation := {
		"address": resource.address,
		"path": "facts.lifecycle",
		"message": "No rule ends what is old.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_tidied(resource) if resource.facts.lifecycle

_fix := "Add a lifecycle rule."

_fixes := {
	"aws_s3_bucket": "Add an aws_s3_bucket_lifecycle_configuration for this bucket: expire old versions and abort incomplete uploads at least.",
	"aws_dynamodb_table": "Add ttl { attribute_name = …, enabled = true }, if the items grow old.",
	"aws_ecr_repository": "Add an aws_ecr_lifecycle_policy for this repository.",
	"google_storage_bucket": "Add a lifecycle_rule block.",
	"google_artifact_registry_repository": "Add a cleanup_policies block.",
	"azurerm_storage_account": "Add an azurerm_storage_management_policy for this account.",
}
