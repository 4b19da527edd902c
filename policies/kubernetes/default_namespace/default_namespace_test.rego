package policies.kubernetes.default_namespace_test

import data.policies.kubernetes.default_namespace

test_fail_default if {
	default_namespace.violations == {{
		"address": "web",
		"path": "scope.namespace",
		"message": "It runs in the namespace default.",
		"expected": "a namespace of its own",
		"actual": "default",
		"fix": "Set metadata.namespace.",
	}} with input.resources as [{"address": "web", "scope": {"namespace": "default"}}]
}

test_success_its_own if {
	default_namespace.violations == set() with input.resources as [{"address": "web", "scope": {"namespace": "shop"}}, {"address": "api", "scope": {}}]
}
