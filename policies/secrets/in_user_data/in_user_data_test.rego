package policies.secrets.in_user_data_test

import data.policies.secrets.in_user_data

test_fail_a_password_in_the_script if {
	in_user_data.violations == {_violation("Let the machine fetch the secret from a secret store with its own identity; then change the secret, for it has been written down.")} with input as _input("aws_instance", true)
}

test_success_no_secret_in_the_script if {
	in_user_data.violations == set() with input as _input("aws_instance", false)
}

_violation(fix) := {
	"address": "aws_instance.it",
	"path": "facts.secret_in_user_data",
	"message": "The start-up script or user data hold what looks like a secret in clear text.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_instance.it", "type": type, "facts": {"secret_in_user_data": value}}]}
