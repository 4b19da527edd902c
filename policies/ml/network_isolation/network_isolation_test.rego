package policies.ml.network_isolation_test

import data.policies.ml.network_isolation

test_fail_internet_access_of_its_own if {
	network_isolation.violations == {_violation(`Set subnet_id and direct_internet_access = "Disabled".`)} with input as _input("aws_sagemaker_notebook_instance", false)
}

test_fail_with_general_advice_for_other_types if {
	network_isolation.violations == {_violation("Run it inside a private network without direct internet access.")} with input as _input("some_type", false)
}

test_success_isolated if {
	network_isolation.violations == set() with input as _input("aws_sagemaker_notebook_instance", true)
}

_violation(fix) := {
	"address": "aws_sagemaker_notebook_instance.it",
	"path": "facts.network_isolated",
	"message": "It has internet access of its own.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_sagemaker_notebook_instance.it", "type": type, "facts": {"network_isolated": value}}]}
