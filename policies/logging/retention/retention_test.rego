package policies.logging.retention_test

import data.policies.logging.retention

test_fail_a_week if {
	retention.violations == {_violation("Raise retention_in_days.")} with input as _input("aws_cloudwatch_log_group", 7)
}

test_fail_with_general_advice_for_other_types if {
	retention.violations == {_violation("Keep logs longer.")} with input as _input("some_type", 7)
}

test_success_ninety_days if {
	retention.violations == set() with input as _input("aws_cloudwatch_log_group", 90)
}

test_success_for_ever if {
	retention.violations == set() with input as _input("aws_cloudwatch_log_group", 0)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.log_retention_days",
	"message": "Logs are kept for 7 days; at least 90 are demanded.",
	"expected": "at least 90",
	"actual": 7,
	"fix": fix,
}

_input(type, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"log_retention_days": value}}],
	"parameters": {"days": 90},
}
