# METADATA
# title: Access goes through the identity provider
# description: |-
#   Passwords and shared keys of a single service know no second factor, no leaver and no name in the log.
# custom:
#   id: PC-IAM-006
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.local_auth]
#   reads: [facts.local_auth]
#   remedy: Switch local authentication off and let the identity provider decide.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-2}
#     - {framework: NIST 800-53 r5, control: AC-2}
package policies.identity.local_auth

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _central(resource)
	violation := {
		"address": resource.address,
		"path": "facts.local_auth",
		"message": "It accepts passwords, keys or shared secrets of its own.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_central(resource) if resource.facts.local_auth == false

_fix := "Switch local authentication off and grant access by roles."

_fixes := {
	"azurerm_storage_account": "Set shared_access_key_enabled = false.",
	"azurerm_cosmosdb_account": "Set local_authentication_disabled = true.",
	"azurerm_servicebus_namespace": "Set local_auth_enabled = false.",
	"azurerm_eventhub_namespace": "Set local_authentication_enabled = false.",
	"azurerm_container_registry": "Set admin_enabled = false.",
	"azurerm_kubernetes_cluster": "Set local_account_disabled = true.",
	"azurerm_linux_virtual_machine": "Set disable_password_authentication = true.",
	"azurerm_cognitive_account": "Set local_auth_enabled = false.",
}
