# METADATA
# title: Workloads use an identity of the platform
# description: |-
#   A workload without an identity of its own needs a stored secret to reach anything, and stored secrets leak.
# custom:
#   id: PC-IAM-007
#   severity: low
#   kinds: ["*"]
#   requires: [facts.managed_identity]
#   reads: [facts.managed_identity]
#   remedy: Give the workload an identity of the platform and grant that identity what it needs.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-5}
package policies.identity.managed_identity

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _managed(resource)
	violation := {
		"address": resource.address,
		"path": "facts.managed_identity",
		"message": "It does not authenticate by an identity of the platform.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_managed(resource) if resource.facts.managed_identity

_fix := "Give the workload a managed identity, a role or a service account of its own."

_fixes := {
	"google_container_cluster": "Add workload_identity_config { workload_pool = … }.",
	"google_compute_instance_template": "Add service_account with an e-mail of its own.",
	"google_compute_instance": "Add service_account with an e-mail of its own.",
	"aws_neptune_cluster": "Set iam_database_authentication_enabled = true.",
	"aws_db_proxy": `Set iam_auth = "REQUIRED" in auth.`,
	"aws_launch_template": "Add iam_instance_profile.",
	"aws_ecs_task_definition": "Set task_role_arn.",
	"aws_db_instance": "Set iam_database_authentication_enabled = true.",
	"aws_rds_cluster": "Set iam_database_authentication_enabled = true.",
	"azurerm_linux_web_app": `Add identity { type = "SystemAssigned" }.`,
	"azurerm_windows_web_app": `Add identity { type = "SystemAssigned" }.`,
	"azurerm_linux_function_app": `Add identity { type = "SystemAssigned" }.`,
	"azurerm_windows_function_app": `Add identity { type = "SystemAssigned" }.`,
	"azurerm_linux_virtual_machine": `Add identity { type = "SystemAssigned" }.`,
	"azurerm_windows_virtual_machine": `Add identity { type = "SystemAssigned" }.`,
	"aws_instance": "Set iam_instance_profile.",
}
