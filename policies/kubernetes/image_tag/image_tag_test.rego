package policies.kubernetes.image_tag_test

import data.policies.kubernetes.image_tag

test_fail_without_a_tag if {
	image_tag.violations == {_violation("web", "config.spec.containers[0].image", "registry.example.com:5000/web")} with input as _input(_pod({"containers": [{"image": "registry.example.com:5000/web"}]}))
}

test_fail_latest_in_terraform if {
	image_tag.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].container[0].image", "web:latest")} with input as _input(_planned({"container": [{"image": "web:latest"}]}))
}

test_fail_an_empty_or_a_floating_tag if {
	every image in ["web:", "web:LATEST", "example.com:5000/web", "example.com:1.4/web", 7] {
		count(image_tag.violations) == 1 with input as _input(_pod({"containers": [{"image": image}]}))
	}
}

test_success_behind_a_registry_with_a_port if {
	image_tag.violations == set() with input as _input(_pod({"containers": [{"image": "example.com:5000/team/web:1.4"}]}))
}

test_success_a_version if {
	image_tag.violations == set() with input as _input(_pod({"containers": [{"image": "web:1.4.2"}, {"image": "web@sha256:9f86d081884c7d65"}, {}]}))
}

_violation(address, path, image) := {
	"address": address,
	"path": path,
	"message": "An image has no version of its own.",
	"expected": "a tag other than latest, or a digest",
	"actual": image,
	"fix": "Write the version behind the name of the image, name:1.4.2 or name@sha256:….",
}

_input(resource) := {"resources": [resource], "parameters": {"floating": ["latest"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
