package policies.resilience.spot_test

import data.policies.resilience.spot

test_fail_in_production if {
	spot.violations == {_violation("Remove instance_market_options.")} with input as _input("aws_instance", "production", true)
}

test_fail_with_general_advice_for_other_types if {
	spot.violations == {_violation("Use on-demand capacity.")} with input as _input("some_type", "Production", true)
}

test_success_on_demand_capacity if {
	spot.violations == set() with input as _input("aws_instance", "production", false)
}

test_success_in_development if {
	spot.violations == set() with input as _input("aws_instance", "development", true)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.spot",
	"message": "It runs on capacity that the provider can take back.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, environment, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"spot": value}, "tags": {"environment": environment}}],
	"parameters": {"tag": "environment", "values": ["production"]},
}
