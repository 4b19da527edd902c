package policies.change.deletion_protection_test

import data.policies.change.deletion_protection

test_fail_in_production if {
	deletion_protection.violations == {_violation("Set deletion_protection = true.")} with input as _input("aws_db_instance", "production", false)
}

test_fail_with_general_advice_for_other_types if {
	deletion_protection.violations == {_violation("Switch deletion protection on.")} with input as _input("some_type", "Production", false)
}

test_success_protected if {
	deletion_protection.violations == set() with input as _input("aws_db_instance", "production", true)
}

test_success_in_development if {
	deletion_protection.violations == set() with input as _input("aws_db_instance", "development", false)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.deletion_protected",
	"message": "Nothing protects it from deletion.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, environment, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"deletion_protected": value}, "tags": {"environment": environment}}],
	"parameters": {"tag": "environment", "values": ["production"]},
}
