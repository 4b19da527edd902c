package policies.encryption.key_rotation_test

import data.policies.encryption.key_rotation

test_fail_never_rotated if {
	key_rotation.violations == {_violation("Set enable_key_rotation = true.")} with input as _input("aws_kms_key", false)
}

test_fail_with_general_advice_for_other_types if {
	key_rotation.violations == {_violation("Switch automatic rotation on.")} with input as _input("some_type", false)
}

test_success_rotated if {
	key_rotation.violations == set() with input as _input("aws_kms_key", true)
}

_violation(fix) := {
	"address": "aws_kms_key.it",
	"path": "facts.key_rotation",
	"message": "It is not rotated automatically.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_kms_key.it", "type": type, "facts": {"key_rotation": value}}]}
