package policies.regions.allowed_test

import data.policies.regions.allowed

test_fail_elsewhere if {
	allowed.violations == {{
		"address": "it",
		"path": "facts.region",
		"message": "It lies in us-east-1, which is not an agreed region.",
		"expected": ["eu-*", "West Europe"],
		"actual": "us-east-1",
		"fix": "Create it in eu-* or West Europe.",
	}} with input as _input("us-east-1")
}

test_success_agreed if {
	every region in ["eu-central-1", "westeurope", "West Europe", "EU-WEST-1"] {
		violations := allowed.violations with input as _input(region)
		violations == set()
	}
}

test_success_global if {
	allowed.violations == set() with input as _input("global")
}

_input(region) := {
	"resources": [{"address": "it", "facts": {"region": region}}],
	"parameters": {"allowed": ["eu-*", "West Europe"]},
}
