# METADATA
# title: Logs end some day
# description: |-
#   A log store that keeps everything for ever grows for ever, and is paid for each month. It is also personal data that
#   somebody must be able to delete.
# custom:
#   id: PC-CST-006
#   severity: low
#   kinds: ["*"]
#   requires: [facts.log_retention_days]
#   reads: [facts.log_retention_days]
#   remedy: Set a retention on the log store; export what must be kept for years to cheap storage.
package policies.cost.log_expiry

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _ends(resource)
	violation := {
		"address": resource.address,
		"path": "facts.log_retention_days",
		"message": "Logs are kept for ever.",
		"expected": "a number of days",
		"actual": 0,
		"fix": object.get(_fixes, resource.type, "Set a retention."),
	}
}

_ends(resource) if resource.facts.log_retention_days > 0

_fixes := {"aws_cloudwatch_log_group": "Set retention_in_days, 365 for instance."}
