package policies.encryption.customer_key_test

import data.policies.encryption.customer_key

test_fail_sensitive_without_own_key if {
	customer_key.violations == {_violation("Set kms_key_id.")} with input as _input("aws_db_instance", "Restricted", false)
}

test_fail_with_general_advice_for_other_types if {
	customer_key.violations == {_violation("Name a key of your own from the key service.")} with input as _input("some_type", "restricted", false)
}

test_success_own_key if {
	customer_key.violations == set() with input as _input("aws_db_instance", "restricted", true)
}

test_success_not_sensitive if {
	customer_key.violations == set() with input as _input("aws_db_instance", "public", false)
}

_violation(fix) := {
	"address": "db",
	"path": "facts.customer_key",
	"message": "Its data-classification tag calls the data sensitive, and no key of your own encrypts it.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, classification, own) := {
	"resources": [{
		"address": "db",
		"type": type,
		"facts": {"customer_key": own},
		"tags": {"data-classification": classification},
	}],
	"parameters": {"tag": "data-classification", "values": ["restricted"]},
}
