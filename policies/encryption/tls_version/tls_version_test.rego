package policies.encryption.tls_version_test

import data.policies.encryption.tls_version

test_fail_old if {
	tls_version.violations == {_violation("1.0", `Set min_tls_version = "TLS1_2".`)} with input as _input("azurerm_storage_account", "1.0")
}

test_fail_not_a_version if {
	tls_version.violations == {_violation("SSLv3", "Accept TLS 1.2 or later only.")} with input as _input("some_type", "SSLv3")
}

test_success_minimum if {
	tls_version.violations == set() with input as _input("azurerm_storage_account", "1.2")
}

test_success_later if {
	tls_version.violations == set() with input as _input("azurerm_storage_account", "1.3")
}

_violation(actual, fix) := {
	"address": "store",
	"path": "facts.tls_version",
	"message": sprintf("It accepts TLS %s.", [actual]),
	"expected": "1.2 or later",
	"actual": actual,
	"fix": fix,
}

_input(type, version) := {
	"resources": [{"address": "store", "type": type, "facts": {"tls_version": version}}],
	"parameters": {"minimum": "1.2"},
}
