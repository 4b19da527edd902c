# METADATA
# title: Security upgrades are installed by the platform
# description: |-
#   Known holes are attacked days after they are published; upgrades by hand come months later.
# custom:
#   id: PC-CMP-002
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.auto_upgrade]
#   reads: [facts.auto_upgrade]
#   remedy: Switch automatic upgrades on, inside a maintenance window.
#   controls:
#     - {framework: NIST 800-53 r5, control: SI-2}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.3.2"}
package policies.compute.auto_upgrade

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _upgraded(resource)
	violation := {
		"address": resource.address,
		"path": "facts.auto_upgrade",
		"message": "Minor and security upgrades are not installed automatically.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_upgraded(resource) if resource.facts.auto_upgrade

_fix := "Switch automatic minor version upgrades on."

_fixes := {
	"aws_opensearch_domain": "Add software_update_options { auto_software_update_enabled = true }.",
	"aws_db_instance": "Set auto_minor_version_upgrade = true.",
	"aws_rds_cluster_instance": "Set auto_minor_version_upgrade = true.",
	"azurerm_kubernetes_cluster": `Set automatic_upgrade_channel = "patch".`,
	"google_container_node_pool": "Set auto_upgrade = true in management.",
}
