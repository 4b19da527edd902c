package policies.ml.size_test

import data.policies.ml.size

test_fail_huge if {
	size.violations == {{
		"address": "it",
		"path": "facts.size",
		"message": "The size ml.p4d.24xlarge needs a reason.",
		"expected": "a smaller size",
		"actual": "ml.p4d.24xlarge",
		"fix": "Take a smaller size, and train in jobs that end.",
	}} with input as _input({"size": "ml.p4d.24xlarge"})
}

test_fail_many if {
	size.violations == {{
		"address": "it",
		"path": "facts.instance_count",
		"message": "It runs 9 machines; more than 4 need a reason.",
		"expected": "at most 4",
		"actual": 9,
		"fix": "Run fewer machines.",
	}} with input as _input({"size": "ml.t3.medium", "instance_count": 9})
}

test_success_modest if {
	size.violations == set() with input as _input({"size": "ml.t3.medium", "instance_count": 4})
}

test_success_without_a_size if {
	size.violations == set() with input as _input({})
}

_input(facts) := {
	"resources": [{"address": "it", "facts": facts}],
	"parameters": {"sizes": ["ml.p4*"], "instances": 4},
}
