package policies.cost.instance_count_test

import data.policies.cost.instance_count

test_fail_two_hundred if {
	instance_count.violations == {_violation("Lower max_size.")} with input as _input("aws_autoscaling_group", 200)
}

test_fail_with_general_advice_for_other_types if {
	instance_count.violations == {_violation("Lower the upper limit.")} with input as _input("some_type", 200)
}

test_success_four if {
	instance_count.violations == set() with input as _input("aws_autoscaling_group", 4)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.instance_count",
	"message": "It may run 200 machines or replicas; more than 20 need a reason.",
	"expected": "at most 20",
	"actual": 200,
	"fix": fix,
}

_input(type, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"instance_count": value}}],
	"parameters": {"maximum": 20},
}
