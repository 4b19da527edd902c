package policies.encryption.at_rest_test

import data.policies.encryption.at_rest

test_fail_not_encrypted if {
	at_rest.violations == {_violation("Set storage_encrypted = true (an existing database is replaced: restore it from an encrypted copy of a snapshot).")} with input as _input("aws_db_instance", false)
}

test_fail_with_general_advice_for_other_types if {
	at_rest.violations == {_violation("Switch encryption at rest on.")} with input as _input("some_type", false)
}

test_success_encrypted if {
	at_rest.violations == set() with input as _input("aws_db_instance", true)
}

_violation(fix) := {
	"address": "aws_db_instance.it",
	"path": "facts.encrypted_at_rest",
	"message": "What it stores is not encrypted on disk.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_db_instance.it", "type": type, "facts": {"encrypted_at_rest": value}}]}
