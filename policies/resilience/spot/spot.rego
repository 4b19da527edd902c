# METADATA
# title: Production does not run on capacity that can be taken back
# description: |-
#   Spot capacity is taken back within two minutes when others pay more, from many machines at once.
# custom:
#   id: PC-RES-006
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.spot]
#   reads: [facts.spot, "tags.{tag}"]
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
#   remedy: Use on-demand capacity, or mix it in so that the service lives without the rest.
package policies.resilience.spot

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	tags.one_of(resource, input.parameters.tag, input.parameters.values)
	not _kept(resource)
	violation := {
		"address": resource.address,
		"path": "facts.spot",
		"message": "It runs on capacity that the provider can take back.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, "Use on-demand capacity."),
	}
}

_kept(resource) if resource.facts.spot == false

_fixes := {
	"aws_instance": "Remove instance_market_options.",
	"google_compute_instance": `Set provisioning_model = "STANDARD" and preemptible = false in scheduling.`,
	"azurerm_linux_virtual_machine": `Set priority = "Regular".`,
}
