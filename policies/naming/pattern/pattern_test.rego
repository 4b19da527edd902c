package policies.naming.pattern_test

import data.policies.naming.pattern

test_fail_another_form if {
	pattern.violations == {{
		"address": "it",
		"path": "facts.name",
		"message": "Its name is not of the agreed form: lower case.",
		"expected": "^[a-z-]+$",
		"actual": "MyBucket",
		"fix": "Rename it: lower case.",
	}} with input as _input("MyBucket")
}

test_success_agreed_form if {
	pattern.violations == set() with input as _input("web-shop-logs")
}

_input(name) := {
	"resources": [{"address": "it", "facts": {"name": name}}],
	"parameters": {"pattern": "^[a-z-]+$", "hint": "lower case"},
}
