# METADATA
# title: Access is logged
# description: |-
#   What was not logged cannot be looked into after an incident: who read the data, from where, and since when.
# custom:
#   id: PC-LOG-001
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.logging]
#   reads: [facts.logging]
#   remedy: Switch the access or audit log of the service on and send it to a store that its users cannot write to.
#   controls:
#     - {framework: NIST 800-53 r5, control: AU-2}
#     - {framework: NIST 800-53 r5, control: AU-12}
#     - {framework: CIS AWS Foundations 3.0.0, control: "3.7"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "3.8"}
package policies.logging.logging

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _logged(resource)
	violation := {
		"address": resource.address,
		"path": "facts.logging",
		"message": "Access to it is not logged.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_logged(resource) if resource.facts.logging

_fix := "Switch its access or audit log on."

_fixes := {
	"azurerm_mssql_server": "Add an azurerm_mssql_server_extended_auditing_policy for this server.",
	"azurerm_key_vault": "Add an azurerm_monitor_diagnostic_setting for it with its logs.",
	"azurerm_storage_account": "Add an azurerm_monitor_diagnostic_setting for it with its logs.",
	"azurerm_subnet": "Add an azurerm_network_watcher_flow_log for its network.",
	"azurerm_virtual_network": "Add an azurerm_network_watcher_flow_log for it.",
	"azurerm_firewall": "Add an azurerm_monitor_diagnostic_setting for it with its logs.",
	"google_compute_firewall": `Add log_config { metadata = "INCLUDE_ALL_METADATA" }.`,
	"aws_redshift_cluster": "Add an aws_redshift_logging for this cluster.",
	"aws_wafv2_web_acl": "Add an aws_wafv2_web_acl_logging_configuration for this list.",
	"aws_neptune_cluster": `Set enable_cloudwatch_logs_exports = ["audit"].`,
	"aws_elb": "Add access_logs { bucket = …, enabled = true }.",
	"aws_opensearch_domain": `Add log_publishing_options { log_type = "AUDIT_LOGS", … }.`,
	"aws_elasticsearch_domain": `Add log_publishing_options { log_type = "AUDIT_LOGS", … }.`,
	"aws_ecs_task_definition": "Add logConfiguration to every container.",
	"aws_route53_zone": "Add an aws_route53_query_log for this zone.",
	"aws_s3_bucket": "Add an aws_s3_bucket_logging resource for this bucket.",
	"aws_lb": "Add access_logs { bucket = …, enabled = true }.",
	"aws_cloudfront_distribution": "Add a logging_config block.",
	"aws_api_gateway_stage": "Add access_log_settings.",
	"aws_vpc": "Add an aws_flow_log resource for this VPC.",
	"aws_eks_cluster": "Set enabled_cluster_log_types, audit and authenticator at least.",
	"aws_db_instance": "Set enabled_cloudwatch_logs_exports.",
	"aws_sfn_state_machine": `Add logging_configuration with level = "ERROR" or "ALL".`,
	"google_storage_bucket": "Add logging { log_bucket = … }.",
	"google_compute_subnetwork": "Add a log_config block: it switches flow logs on.",
}
