package policies.resilience.multi_zone_test

import data.policies.resilience.multi_zone

test_fail_in_production if {
	multi_zone.violations == {_violation("Set multi_az = true.")} with input as _input("aws_db_instance", "production", false)
}

test_fail_with_general_advice_for_other_types if {
	multi_zone.violations == {_violation("Spread it over several zones.")} with input as _input("some_type", "Production", false)
}

test_success_several_zones if {
	multi_zone.violations == set() with input as _input("aws_db_instance", "production", true)
}

test_success_in_development if {
	multi_zone.violations == set() with input as _input("aws_db_instance", "development", false)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.multi_zone",
	"message": "It runs in one zone alone.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, environment, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"multi_zone": value}, "tags": {"environment": environment}}],
	"parameters": {"tag": "environment", "values": ["production"]},
}
