package policies.secrets.in_environment_test

import data.policies.secrets.in_environment

test_fail_a_password_in_a_variable if {
	in_environment.violations == {_violation("Keep the secret in Secrets Manager or Parameter Store and read it at run time; then change it, for it has been written down.")} with input as _input("aws_lambda_function", true)
}

test_fail_with_general_advice_for_other_types if {
	in_environment.violations == {_violation("Keep the secret in a secret store and hand the workload a reference to it; then change the secret, for it has been written down.")} with input as _input("some_type", true)
}

test_success_no_secret_in_variables if {
	in_environment.violations == set() with input as _input("aws_lambda_function", false)
}

_violation(fix) := {
	"address": "aws_lambda_function.it",
	"path": "facts.secret_in_environment",
	"message": "An environment variable holds what looks like a secret in clear text.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_lambda_function.it", "type": type, "facts": {"secret_in_environment": value}}]}
