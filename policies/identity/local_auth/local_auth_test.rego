package policies.identity.local_auth_test

import data.policies.identity.local_auth

test_fail_shared_keys_are_accepted if {
	local_auth.violations == {_violation("Set shared_access_key_enabled = false.")} with input as _input("azurerm_storage_account", true)
}

test_fail_with_general_advice_for_other_types if {
	local_auth.violations == {_violation("Switch local authentication off and grant access by roles.")} with input as _input("some_type", true)
}

test_success_identities_only if {
	local_auth.violations == set() with input as _input("azurerm_storage_account", false)
}

_violation(fix) := {
	"address": "azurerm_storage_account.it",
	"path": "facts.local_auth",
	"message": "It accepts passwords, keys or shared secrets of its own.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "azurerm_storage_account.it", "type": type, "facts": {"local_auth": value}}]}
