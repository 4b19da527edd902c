package policies.kubernetes.image_digest_test

import data.policies.kubernetes.image_digest

test_fail_a_tag if {
	image_digest.violations == {_violation("web", "config.spec.containers[0].image")} with input.resources as [_pod({"containers": [{"image": "web:1"}]})]
}

test_fail_a_tag_in_terraform if {
	image_digest.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].image")} with input.resources as [_planned({"container": [{"image": "web:1"}]})]
}

test_fail_what_only_looks_like_a_digest if {
	every image in [
		"web:1@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7a",
		"web:1@sha256:2C26B46B68FFC68FF99B453C1D30413413422D706483BFA0F98A5E886266E7AE",
		"web:1@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae2",
		"web:1@sha256:2c26b46b68ffc68ff99b453c1d3041341x422d706483bfa0f98a5e886266e7ae",
		"web:1@sha512:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
		7,
	] {
		count(image_digest.violations) == 1 with input.resources as [_pod({"containers": [{"image": image}]})]
	}
}

test_success_a_digest if {
	image_digest.violations == set() with input.resources as [_pod({"containers": [{"image": "web:1@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}]})]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "An image is not named by its digest.",
	"expected": "…@sha256:…",
	"actual": "web:1",
	"fix": "Write the digest behind the image: name:1.4.2@sha256:….",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
