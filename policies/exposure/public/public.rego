# METADATA
# title: Data is not public
# description: |-
#   Buckets, queues, topics, images and snapshots that anyone may read are the most common way that data leaks from
#   a cloud; scanners list them all day. Databases have a policy of their own (PC-NET-006), so do services (PC-
#   NET-008).
# custom:
#   id: PC-NET-001
#   severity: critical
#   kinds:
#     - aws.ec2.image
#     - aws.s3.*
#     - aws.sns.*
#     - aws.sqs.*
#     - aws.ebs.*
#     - aws.ecr.*
#     - aws.efs.*
#     - aws.backup.*
#     - aws.secretsmanager.*
#     - aws.logs.*
#     - azure.storage.*
#     - azure.netapp.*
#     - gcp.storage.*
#     - gcp.bigquery.*
#     - gcp.pubsub.*
#     - gcp.artifactregistry.*
#     - gcp.secretmanager.*
#     - gcp.filestore.*
#   requires: [facts.public]
#   reads: [facts.public]
#   remedy: Take public access away; serve what is meant for everyone through a content network with an origin of its own.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-3}
#     - {framework: NIST 800-53 r5, control: SC-7}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.1.4"}
#     - {framework: CIS Microsoft Azure Foundations 2.0.0, control: "3.7"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "5.1"}
package policies.exposure.public

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _private(resource)
	violation := {
		"address": resource.address,
		"path": "facts.public",
		"message": "Anyone on the internet can reach or read what it holds.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_private(resource) if resource.facts.public == false

_fix := "Take public access away and grant it to the principals that need it."

_fixes := {
	"aws_s3_bucket": "Add an aws_s3_bucket_public_access_block for this bucket with all four settings true, and remove public ACLs and policies.",
	"aws_sqs_queue": "Name the principals in the policy in place of *, or limit them by aws:SourceArn.",
	"aws_sns_topic": "Name the principals in the policy in place of *, or limit them by aws:SourceArn.",
	"azurerm_storage_account": "Set allow_nested_items_to_be_public = false.",
	"azurerm_storage_container": `Set container_access_type = "private".`,
	"google_storage_bucket": `Set public_access_prevention = "enforced" and remove allUsers and allAuthenticatedUsers from its IAM.`,
	"google_bigquery_dataset": "Remove allAuthenticatedUsers from access.",
}
