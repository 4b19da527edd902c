package policies.cost.forbidden_sizes_test

import data.policies.cost.forbidden_sizes

test_fail_huge if {
	forbidden_sizes.violations == {{
		"address": "it",
		"path": "facts.size",
		"message": "The size u-6tb1.112xlarge is very large.",
		"expected": "a smaller size",
		"actual": "u-6tb1.112xlarge",
		"fix": "Take a smaller size, or several smaller machines.",
	}} with input as _input("u-6tb1.112xlarge")
}

test_fail_in_any_case if {
	violations := forbidden_sizes.violations with input as _input("Standard_M128s")
	count(violations) == 1
}

test_success_ordinary if {
	forbidden_sizes.violations == set() with input as _input("m7i.xlarge")
}

_input(size) := {
	"resources": [{"address": "it", "facts": {"size": size}}],
	"parameters": {"sizes": ["*.112xlarge", "standard_m*"]},
}
