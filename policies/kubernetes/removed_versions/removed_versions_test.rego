package policies.kubernetes.removed_versions_test

import data.policies.kubernetes.removed_versions

test_fail_removed if {
	removed_versions.violations == {{
		"address": "nightly",
		"path": "type",
		"message": "Kubernetes 1.25 no longer serves this version of the API.",
		"expected": "batch/v1",
		"actual": "batch/v1beta1/CronJob",
		"fix": "Write apiVersion: batch/v1.",
	}} with input.resources as [{"address": "nightly", "type": "batch/v1beta1/CronJob"}]
}

test_success_served if {
	removed_versions.violations == set() with input.resources as [{"address": "nightly", "type": "batch/v1/CronJob"}]
}
