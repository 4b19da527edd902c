package policies.kubernetes.namespace_standard_test

import data.policies.kubernetes.namespace_standard

test_fail_no_label if {
	namespace_standard.violations == {_violation(null)} with input as _input({})
}

test_fail_privileged if {
	namespace_standard.violations == {_violation("privileged")} with input as _input({"pod-security.kubernetes.io/enforce": "privileged"})
}

test_success_baseline if {
	namespace_standard.violations == set() with input as _input({"pod-security.kubernetes.io/enforce": "baseline"})
}

_violation(actual) := {
	"address": "shop",
	"path": `tags["pod-security.kubernetes.io/enforce"]`,
	"message": "The namespace holds its pods to no agreed Pod Security Standard.",
	"expected": ["baseline", "restricted"],
	"actual": actual,
	"fix": "Label the namespace pod-security.kubernetes.io/enforce: baseline.",
}

_input(tags) := {"resources": [{"address": "shop", "tags": tags}], "parameters": {"levels": ["baseline", "restricted"]}}
