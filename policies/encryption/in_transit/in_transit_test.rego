package policies.encryption.in_transit_test

import data.policies.encryption.in_transit

test_fail_plain_connections if {
	in_transit.violations == {_violation("Set https_traffic_only_enabled = true.")} with input as _input("azurerm_storage_account", false)
}

test_fail_with_general_advice_for_other_types if {
	in_transit.violations == {_violation("Accept encrypted connections only.")} with input as _input("some_type", false)
}

test_success_encrypted_connections_only if {
	in_transit.violations == set() with input as _input("azurerm_storage_account", true)
}

_violation(fix) := {
	"address": "azurerm_storage_account.it",
	"path": "facts.encrypted_in_transit",
	"message": "It takes connections that are not encrypted.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "azurerm_storage_account.it", "type": type, "facts": {"encrypted_in_transit": value}}]}
