# METADATA
# title: Sensitive data is encrypted with your own key
# description: |-
#   A key that you manage can be locked, audited and shared by itself; with a key of the provider whoever may read the store
#   may read the data. Judged where a tag says that the data is sensitive.
# custom:
#   id: PC-ENC-003
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.customer_key]
#   reads: [facts.customer_key, "tags.{tag}"]
#   parameters:
#     tag:
#       description: The tag that says how sensitive the data is.
#       type: string
#       minLength: 1
#       default: data-classification
#     values:
#       description: Values of that tag, in lower case, that demand a key of your own.
#       type: array
#       items: {type: string}
#       minItems: 1
#       default: [confidential, restricted, secret, pii, phi, pci]
#   remedy: Create a key for this data in the key service, and name it in the resource.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-12}
#     - {framework: NIST 800-53 r5, control: SC-28(1)}
package policies.encryption.customer_key

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	tags.one_of(resource, input.parameters.tag, input.parameters.values)
	not _own_key(resource)
	violation := {
		"address": resource.address,
		"path": "facts.customer_key",
		"message": sprintf("Its %s tag calls the data sensitive, and no key of your own encrypts it.", [input.parameters.tag]),
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_own_key(resource) if resource.facts.customer_key

_fix := "Name a key of your own from the key service."

_fixes := {
	"aws_s3_bucket": `Add an aws_s3_bucket_server_side_encryption_configuration for this bucket with sse_algorithm = "aws:kms" and kms_master_key_id.`,
	"aws_db_instance": "Set kms_key_id.",
	"aws_ebs_volume": "Set kms_key_id.",
	"aws_dynamodb_table": "Add server_side_encryption { enabled = true, kms_key_arn = … }.",
	"aws_sqs_queue": "Set kms_master_key_id.",
	"azurerm_storage_account": "Add a customer_managed_key block, or an azurerm_storage_account_customer_managed_key.",
	"google_storage_bucket": "Add encryption { default_kms_key_name = … }.",
	"google_sql_database_instance": "Set encryption_key_name.",
}
