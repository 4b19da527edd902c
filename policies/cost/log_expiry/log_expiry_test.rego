package policies.cost.log_expiry_test

import data.policies.cost.log_expiry

test_fail_for_ever if {
	log_expiry.violations == {_violation("Set retention_in_days, 365 for instance.")} with input as _input("aws_cloudwatch_log_group", 0)
}

test_fail_with_general_advice_for_other_types if {
	log_expiry.violations == {_violation("Set a retention.")} with input as _input("some_type", 0)
}

test_success_a_year if {
	log_expiry.violations == set() with input as _input("aws_cloudwatch_log_group", 365)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.log_retention_days",
	"message": "Logs are kept for ever.",
	"expected": "a number of days",
	"actual": 0,
	"fix": fix,
}

_input(type, days) := {"resources": [{"address": "it", "type": type, "facts": {"log_retention_days": days}}]}
