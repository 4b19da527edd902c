# METADATA
# title: Production is protected from deletion
# description: |-
#   Deletion protection makes the deletion of a database two changes in place of one, which is the difference between a
#   mistake and a decision.
# custom:
#   id: PC-CHG-003
#   severity: high
#   kinds: ["*"]
#   requires: [facts.deletion_protected]
#   reads: [facts.deletion_protected, "tags.{tag}"]
#   parameters:
#     tag:
#       description: The tag that names the environment.
#       type: string
#       minLength: 1
#       default: environment
#     values:
#       description: Values of that tag, in lower case, that mean production.
#       type: array
#       items: {type: string}
#       minItems: 1
#       default: [production, prod, prd, live]
#   remedy: Switch deletion protection on; to delete it, switch it off in a change of its own.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-9}
package policies.change.deletion_protection

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	tags.one_of(resource, input.parameters.tag, input.parameters.values)
	not _protected(resource)
	violation := {
		"address": resource.address,
		"path": "facts.deletion_protected",
		"message": "Nothing protects it from deletion.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, "Switch deletion protection on."),
	}
}

_protected(resource) if resource.facts.deletion_protected

_fixes := {
	"aws_db_instance": "Set deletion_protection = true.",
	"aws_rds_cluster": "Set deletion_protection = true.",
	"aws_dynamodb_table": "Set deletion_protection_enabled = true.",
	"aws_lb": "Set enable_deletion_protection = true.",
	"google_sql_database_instance": "Set deletion_protection_enabled = true in settings.",
}
