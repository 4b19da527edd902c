# METADATA
# title: Connections are encrypted
# description: |-
#   Passwords and records that cross a network in clear text can be read and changed on the way, inside a private
#   network too.
# custom:
#   id: PC-ENC-002
#   severity: high
#   kinds: ["*"]
#   requires: [facts.encrypted_in_transit]
#   reads: [facts.encrypted_in_transit]
#   remedy: Accept TLS alone, and redirect or close the plain port.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-8}
#     - {framework: NIST 800-53 r5, control: SC-8(1)}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.1.1"}
#     - {framework: CIS Microsoft Azure Foundations 2.0.0, control: "3.1"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "6.4"}
package policies.encryption.in_transit

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _encrypted(resource)
	violation := {
		"address": resource.address,
		"path": "facts.encrypted_in_transit",
		"message": "It takes connections that are not encrypted.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_encrypted(resource) if resource.facts.encrypted_in_transit

_fix := "Accept encrypted connections only."

_fixes := {
	"google_redis_instance": `Set transit_encryption_mode = "SERVER_AUTHENTICATION".`,
	"azurerm_linux_function_app": "Set https_only = true.",
	"azurerm_windows_function_app": "Set https_only = true.",
	"aws_efs_file_system": "Add an aws_efs_file_system_policy that denies requests where aws:SecureTransport is false.",
	"aws_elb": `Set lb_protocol = "https" or "ssl" with ssl_certificate_id in every listener.`,
	"aws_elasticsearch_domain": "Add domain_endpoint_options { enforce_https = true } and node_to_node_encryption { enabled = true }.",
	"aws_s3_bucket": "Add an aws_s3_bucket_policy that denies requests where aws:SecureTransport is false.",
	"aws_sqs_queue": "Deny requests where aws:SecureTransport is false in the policy of the queue.",
	"aws_sns_topic": "Deny requests where aws:SecureTransport is false in the policy of the topic.",
	"aws_db_instance": "Set rds.force_ssl = 1 (PostgreSQL) or require_secure_transport = 1 (MySQL) in its parameter group.",
	"aws_rds_cluster": "Set rds.force_ssl = 1 (PostgreSQL) or require_secure_transport = 1 (MySQL) in its parameter group.",
	"aws_lb_listener": `Set protocol = "HTTPS" with a certificate, or redirect to HTTPS.`,
	"aws_elasticache_replication_group": "Set transit_encryption_enabled = true.",
	"aws_cloudfront_distribution": `Set viewer_protocol_policy = "redirect-to-https" in every cache behaviour.`,
	"aws_opensearch_domain": "Add domain_endpoint_options { enforce_https = true } and node_to_node_encryption { enabled = true }.",
	"aws_msk_cluster": `Set client_broker = "TLS" under encryption_info, encryption_in_transit.`,
	"azurerm_storage_account": "Set https_traffic_only_enabled = true.",
	"azurerm_linux_web_app": "Set https_only = true.",
	"azurerm_windows_web_app": "Set https_only = true.",
	"azurerm_redis_cache": "Set non_ssl_port_enabled = false.",
	"google_sql_database_instance": `Set ssl_mode = "ENCRYPTED_ONLY" in settings, ip_configuration.`,
}
