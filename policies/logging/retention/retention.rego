# METADATA
# title: Logs are kept long enough
# description: |-
#   Break-ins are found weeks after they happened; by then short-lived logs are gone. Logs that are kept for ever
#   satisfy this policy (PC-CST-006 looks at what they cost).
# custom:
#   id: PC-LOG-002
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.log_retention_days]
#   reads: [facts.log_retention_days]
#   parameters:
#     days:
#       description: Days that logs must be kept at least.
#       type: integer
#       minimum: 1
#       default: 90
#   remedy: Raise the retention of the log store.
#   controls:
#     - {framework: NIST 800-53 r5, control: AU-11}
package policies.logging.retention

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _kept_long_enough(resource)
	violation := {
		"address": resource.address,
		"path": "facts.log_retention_days",
		"message": sprintf("Logs are kept for %v days; at least %v are demanded.", [resource.facts.log_retention_days, input.parameters.days]),
		"expected": sprintf("at least %v", [input.parameters.days]),
		"actual": resource.facts.log_retention_days,
		"fix": object.get(_fixes, resource.type, "Keep logs longer."),
	}
}

_kept_long_enough(resource) if resource.facts.log_retention_days >= input.parameters.days

_kept_long_enough(resource) if resource.facts.log_retention_days == 0

_fixes := {
	"aws_cloudwatch_log_group": "Raise retention_in_days.",
	"azurerm_log_analytics_workspace": "Raise retention_in_days.",
	"google_logging_project_bucket_config": "Raise retention_days.",
}
