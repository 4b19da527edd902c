package policies.cost.gpu_test

import data.policies.cost.gpu

test_fail_not_approved if {
	gpu.violations == {{
		"address": "it",
		"path": "tags.gpu-approved-by",
		"message": "It runs on accelerators, and nobody has approved them.",
		"expected": "the tag gpu-approved-by",
		"actual": null,
		"fix": `Have it approved and add tags = { "gpu-approved-by" = "…" }.`,
	}} with input as _input(true, {})
}

test_success_approved if {
	gpu.violations == set() with input as _input(true, {"gpu-approved-by": "ada"})
}

test_success_without_accelerators if {
	gpu.violations == set() with input as _input(false, {})
}

_input(accelerated, tags) := {
	"resources": [{
		"address": "it",
		"type": "aws_instance",
		"provider": "aws",
		"facts": {"gpu": accelerated},
		"tags": tags,
	}],
	"parameters": {"tag": "gpu-approved-by"},
}
