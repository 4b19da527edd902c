package policies.cost.allowed_sizes_test

import data.policies.cost.allowed_sizes

test_fail_too_large_for_development if {
	allowed_sizes.violations == {{
		"address": "it",
		"path": "facts.size",
		"message": "The size m7i.12xlarge is not agreed for its environment.",
		"expected": ["*.medium", "*.large"],
		"actual": "m7i.12xlarge",
		"fix": "Take a size like *.medium, *.large.",
	}} with input as _input({"environment": "Development"}, "m7i.12xlarge")
}

test_fail_without_an_environment if {
	violations := allowed_sizes.violations with input as _input({}, "x")
		with input.parameters.allowed as [{"environments": ["*"], "sizes": ["*.large"]}]
	{violation.actual | some violation in violations} == {"x"}
}

test_success_agreed if {
	allowed_sizes.violations == set() with input as _input({"environment": "dev"}, "T3.Medium")
}

test_success_no_entry_for_production if {
	allowed_sizes.violations == set() with input as _input({"environment": "production"}, "m7i.12xlarge")
}

_input(tags, size) := {
	"resources": [{"address": "it", "facts": {"size": size}, "tags": tags}],
	"parameters": {
		"tag": "environment",
		"allowed": [{"environments": ["dev*"], "sizes": ["*.medium", "*.large"]}],
	},
}
