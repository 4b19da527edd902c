# METADATA
# title: Detailed monitoring is on
# description: |-
#   Basic metrics come minutes late and without the detail that finding the cause of an outage needs.
# custom:
#   id: PC-LOG-003
#   severity: low
#   kinds: ["*"]
#   requires: [facts.monitoring]
#   reads: [facts.monitoring]
#   remedy: Switch detailed monitoring or insights on where the service carries production.
#   controls:
#     - {framework: NIST 800-53 r5, control: SI-4}
package policies.logging.monitoring

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _monitored(resource)
	violation := {
		"address": resource.address,
		"path": "facts.monitoring",
		"message": "Detailed monitoring is switched off.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_monitored(resource) if resource.facts.monitoring

_fix := "Switch detailed monitoring or insights on."

_fixes := {
	"google_sql_database_instance": "Add insights_config { query_insights_enabled = true } to settings.",
	"aws_wafv2_web_acl": "Set cloudwatch_metrics_enabled = true in visibility_config.",
	"aws_launch_template": "Add monitoring { enabled = true }.",
	"aws_autoscaling_group": "Set enabled_metrics.",
	"aws_instance": "Set monitoring = true.",
	"aws_db_instance": "Set performance_insights_enabled = true, or monitoring_interval.",
	"aws_ecs_cluster": `Add setting { name = "containerInsights", value = "enabled" }.`,
	"aws_lambda_function": `Add tracing_config { mode = "Active" }.`,
}
