package policies.resilience.backup_test

import data.policies.resilience.backup

test_fail_no_backup if {
	backup.violations == {_violation("Add point_in_time_recovery { enabled = true }.")} with input as _input("aws_dynamodb_table", false)
}

test_fail_with_general_advice_for_other_types if {
	backup.violations == {_violation("Switch automatic backups on.")} with input as _input("some_type", false)
}

test_success_backed_up if {
	backup.violations == set() with input as _input("aws_dynamodb_table", true)
}

_violation(fix) := {
	"address": "aws_dynamodb_table.it",
	"path": "facts.backup",
	"message": "It is not backed up automatically.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_dynamodb_table.it", "type": type, "facts": {"backup": value}}]}
