package policies.exposure.database_test

import data.policies.exposure.database

test_fail_reached_from_the_internet if {
	database.violations == {_violation("Set publicly_accessible = false.")} with input as _input("aws_db_instance", true)
}

test_fail_with_general_advice_for_other_types if {
	database.violations == {_violation("Keep the database in the private network.")} with input as _input("some_type", true)
}

test_success_private if {
	database.violations == set() with input as _input("aws_db_instance", false)
}

_violation(fix) := {
	"address": "aws_db_instance.it",
	"path": "facts.public",
	"message": "It answers connections from the internet.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_db_instance.it", "type": type, "facts": {"public": value}}]}
