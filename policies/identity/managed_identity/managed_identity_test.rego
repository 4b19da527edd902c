package policies.identity.managed_identity_test

import data.policies.identity.managed_identity

test_fail_no_identity if {
	managed_identity.violations == {_violation(`Add identity { type = "SystemAssigned" }.`)} with input as _input("azurerm_linux_web_app", false)
}

test_fail_with_general_advice_for_other_types if {
	managed_identity.violations == {_violation("Give the workload a managed identity, a role or a service account of its own.")} with input as _input("some_type", false)
}

test_success_a_managed_identity if {
	managed_identity.violations == set() with input as _input("azurerm_linux_web_app", true)
}

_violation(fix) := {
	"address": "azurerm_linux_web_app.it",
	"path": "facts.managed_identity",
	"message": "It does not authenticate by an identity of the platform.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "azurerm_linux_web_app.it", "type": type, "facts": {"managed_identity": value}}]}
