# METADATA
# title: Production survives the loss of a zone
# description: |-
#   A zone fails now and then: power, cooling, network. What runs in one zone alone is down until it comes back.
# custom:
#   id: PC-RES-003
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.multi_zone]
#   reads: [facts.multi_zone, "tags.{tag}"]
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
#   remedy: Spread it over several zones, and try the failover.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-10}
#     - {framework: NIST 800-53 r5, control: SC-36}
package policies.resilience.multi_zone

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	tags.one_of(resource, input.parameters.tag, input.parameters.values)
	not _spread(resource)
	violation := {
		"address": resource.address,
		"path": "facts.multi_zone",
		"message": "It runs in one zone alone.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, "Spread it over several zones."),
	}
}

_spread(resource) if resource.facts.multi_zone

_fixes := {
	"aws_db_instance": "Set multi_az = true.",
	"aws_elasticache_replication_group": "Set multi_az_enabled = true and automatic_failover_enabled = true.",
	"aws_autoscaling_group": "Name subnets of two zones or more in vpc_zone_identifier.",
	"google_sql_database_instance": `Set availability_type = "REGIONAL" in settings.`,
	"azurerm_storage_account": `Set account_replication_type = "ZRS" or "GZRS".`,
}
