package policies.kubernetes.ingress_snippets_test

import data.policies.kubernetes.ingress_snippets

test_fail_a_snippet if {
	ingress_snippets.violations == {_violation(`config.metadata.annotations["nginx.ingress.kubernetes.io/configuration-snippet"]`)} with input.resources as [{"address": "web", "config": {"metadata": {"annotations": {
		"nginx.ingress.kubernetes.io/configuration-snippet": "return 200;",
		"nginx.ingress.kubernetes.io/ssl-redirect": "true",
	}}}}]
}

test_fail_a_snippet_in_terraform if {
	ingress_snippets.violations == {_violation(`config.metadata[0].annotations["nginx.org/server-snippets"]`)} with input.resources as [{"address": "web", "config": {"metadata": [{"annotations": {"nginx.org/server-snippets": "x"}}]}}]
}

test_success_none if {
	ingress_snippets.violations == set() with input.resources as [{"address": "web", "config": {"metadata": {"name": "web"}}}]
}

_violation(path) := {
	"address": "web",
	"path": path,
	"message": "A snippet is pasted into the configuration of the controller.",
	"expected": "no snippet",
	"actual": "a snippet",
	"fix": "Remove the annotation.",
}
