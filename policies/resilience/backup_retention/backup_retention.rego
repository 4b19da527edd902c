# METADATA
# title: Backups are kept long enough
# description: |-
#   Data that was damaged on a Friday is missed on a Monday. A backup must live longer than it takes to notice.
# custom:
#   id: PC-RES-002
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.backup_retention_days]
#   reads: [facts.backup_retention_days]
#   parameters:
#     days:
#       description: Days that automatic backups must be kept at least.
#       type: integer
#       minimum: 1
#       default: 7
#   remedy: Raise the retention of automatic backups.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-9}
package policies.resilience.backup_retention

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _kept_long_enough(resource)
	violation := {
		"address": resource.address,
		"path": "facts.backup_retention_days",
		"message": sprintf("Backups are kept for %v days; at least %v are demanded.", [resource.facts.backup_retention_days, input.parameters.days]),
		"expected": sprintf("at least %v", [input.parameters.days]),
		"actual": resource.facts.backup_retention_days,
		"fix": object.get(_fixes, resource.type, "Keep backups longer."),
	}
}

_kept_long_enough(resource) if resource.facts.backup_retention_days >= input.parameters.days

_fixes := {
	"aws_docdb_cluster": "Raise backup_retention_period.",
	"aws_neptune_cluster": "Raise backup_retention_period.",
	"aws_db_instance": "Raise backup_retention_period.",
	"aws_rds_cluster": "Raise backup_retention_period.",
	"azurerm_postgresql_flexible_server": "Raise backup_retention_days.",
	"azurerm_mysql_flexible_server": "Raise backup_retention_days.",
	"google_sql_database_instance": "Raise retained_backups in backup_retention_settings.",
}
