package policies.logging.monitoring_test

import data.policies.logging.monitoring

test_fail_basic_monitoring if {
	monitoring.violations == {_violation("Set monitoring = true.")} with input as _input("aws_instance", false)
}

test_fail_with_general_advice_for_other_types if {
	monitoring.violations == {_violation("Switch detailed monitoring or insights on.")} with input as _input("some_type", false)
}

test_success_detailed_monitoring if {
	monitoring.violations == set() with input as _input("aws_instance", true)
}

_violation(fix) := {
	"address": "aws_instance.it",
	"path": "facts.monitoring",
	"message": "Detailed monitoring is switched off.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_instance.it", "type": type, "facts": {"monitoring": value}}]}
