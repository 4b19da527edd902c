package policies.ml.encryption_test

import data.policies.ml.encryption

test_fail_a_key_of_the_provider if {
	encryption.violations == {_violation("Set kms_key_id.")} with input as _input("aws_sagemaker_notebook_instance", false)
}

test_fail_with_general_advice_for_other_types if {
	encryption.violations == {_violation("Name a key of your own from the key service.")} with input as _input("some_type", false)
}

test_success_a_key_of_your_own if {
	encryption.violations == set() with input as _input("aws_sagemaker_notebook_instance", true)
}

_violation(fix) := {
	"address": "aws_sagemaker_notebook_instance.it",
	"path": "facts.customer_key",
	"message": "No key of your own encrypts its volumes.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_sagemaker_notebook_instance.it", "type": type, "facts": {"customer_key": value}}]}
