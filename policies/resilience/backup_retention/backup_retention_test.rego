package policies.resilience.backup_retention_test

import data.policies.resilience.backup_retention

test_fail_a_day if {
	backup_retention.violations == {_violation("Raise backup_retention_period.")} with input as _input("aws_db_instance", 1)
}

test_fail_with_general_advice_for_other_types if {
	backup_retention.violations == {_violation("Keep backups longer.")} with input as _input("some_type", 1)
}

test_success_a_week if {
	backup_retention.violations == set() with input as _input("aws_db_instance", 7)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.backup_retention_days",
	"message": "Backups are kept for 1 days; at least 7 are demanded.",
	"expected": "at least 7",
	"actual": 1,
	"fix": fix,
}

_input(type, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"backup_retention_days": value}}],
	"parameters": {"days": 7},
}
