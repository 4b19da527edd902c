# METADATA
# title: Data is backed up
# description: |-
#   Without a backup one bad migration, one wrong deletion or one attacker ends the data for good.
# custom:
#   id: PC-RES-001
#   severity: high
#   kinds: ["*"]
#   requires: [facts.backup]
#   reads: [facts.backup]
#   remedy: Switch automatic backups on and restore one now and then.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-9}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "6.7"}
package policies.resilience.backup

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _backed_up(resource)
	violation := {
		"address": resource.address,
		"path": "facts.backup",
		"message": "It is not backed up automatically.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_backed_up(resource) if resource.facts.backup

_fix := "Switch automatic backups on."

_fixes := {
	"azurerm_windows_virtual_machine": "Add an azurerm_backup_protected_vm for this machine.",
	"azurerm_linux_virtual_machine": "Add an azurerm_backup_protected_vm for this machine.",
	"aws_ebs_volume": "Give it the tag that a backup plan of AWS Backup selects by.",
	"google_compute_region_disk": "Add a google_compute_region_disk_resource_policy_attachment with a snapshot schedule.",
	"google_compute_disk": "Add a google_compute_disk_resource_policy_attachment with a snapshot schedule.",
	"aws_db_instance": "Set backup_retention_period to 7 or more.",
	"aws_dynamodb_table": "Add point_in_time_recovery { enabled = true }.",
	"aws_efs_file_system": `Add an aws_efs_backup_policy with status = "ENABLED".`,
	"aws_elasticache_replication_group": "Set snapshot_retention_limit to 1 or more.",
	"google_sql_database_instance": "Add backup_configuration { enabled = true } to settings.",
}
