# METADATA
# title: Stored data is encrypted
# description: |-
#   A disk, snapshot or backup that leaves its place must be worthless without the key. Stores that their provider
#   always encrypts count as encrypted.
# custom:
#   id: PC-ENC-001
#   severity: high
#   kinds: ["*"]
#   requires: [facts.encrypted_at_rest]
#   reads: [facts.encrypted_at_rest]
#   remedy: Switch encryption at rest on; most databases and disks must be restored from an encrypted copy to get there.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-28}
#     - {framework: NIST 800-53 r5, control: SC-28(1)}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.2.1"}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.3.1"}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.4.1"}
package policies.encryption.at_rest

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _encrypted(resource)
	violation := {
		"address": resource.address,
		"path": "facts.encrypted_at_rest",
		"message": "What it stores is not encrypted on disk.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_encrypted(resource) if resource.facts.encrypted_at_rest

_fix := "Switch encryption at rest on."

_fixes := {
	"aws_backup_vault": "Set kms_key_arn.",
	"aws_kinesis_firehose_delivery_stream": "Add server_side_encryption { enabled = true }.",
	"aws_cloudwatch_log_group": "Set kms_key_id.",
	"aws_spot_instance_request": "Set encrypted = true in root_block_device and in every ebs_block_device.",
	"aws_launch_configuration": "Set encrypted = true in root_block_device and in every ebs_block_device.",
	"aws_db_snapshot": "Copy it with kms_key_id: the copy is encrypted.",
	"aws_ebs_snapshot": "Encrypt the volume that it is taken of, or copy it with encrypted = true.",
	"aws_elasticsearch_domain": "Add encrypt_at_rest { enabled = true }.",
	"aws_docdb_cluster": "Set storage_encrypted = true.",
	"aws_neptune_cluster": "Set storage_encrypted = true.",
	"aws_ssm_parameter": `Set type = "SecureString".`,
	"aws_db_instance": "Set storage_encrypted = true (an existing database is replaced: restore it from an encrypted copy of a snapshot).",
	"aws_rds_cluster": "Set storage_encrypted = true (an existing cluster is replaced: restore it from an encrypted copy of a snapshot).",
	"aws_ebs_volume": "Set encrypted = true (an existing volume is replaced: copy it from an encrypted snapshot).",
	"aws_instance": "Set encrypted = true in root_block_device and in every ebs_block_device.",
	"aws_launch_template": "Set encrypted = true in the ebs block of every block_device_mappings.",
	"aws_efs_file_system": "Set encrypted = true (an existing file system is replaced).",
	"aws_elasticache_replication_group": "Set at_rest_encryption_enabled = true (an existing group is replaced).",
	"aws_sqs_queue": "Set sqs_managed_sse_enabled = true, or kms_master_key_id.",
	"aws_sns_topic": "Set kms_master_key_id.",
	"aws_kinesis_stream": `Set encryption_type = "KMS" and kms_key_id.`,
	"aws_opensearch_domain": "Add encrypt_at_rest { enabled = true }.",
	"aws_redshift_cluster": "Set encrypted = true.",
}
