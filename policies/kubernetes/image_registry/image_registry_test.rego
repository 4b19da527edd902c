package policies.kubernetes.image_registry_test

import data.policies.kubernetes.image_registry

test_fail_docker_hub if {
	violations := image_registry.violations with input as _input(_pod({"containers": [{"image": "nginx:1"}, {"image": "acme/web:1"}]}))
	{violation.path | some violation in violations} == {"config.spec.containers[0].image", "config.spec.containers[1].image"}
}

test_fail_a_name_that_only_begins_alike if {
	image_registry.violations == {{
		"address": "web",
		"path": "config.spec.containers[0].image",
		"message": "An image comes from a registry that is not agreed.",
		"expected": ["registry.example.com", "docker.io/library/postgres/"],
		"actual": "registry.example.com.evil.org/web:1",
		"fix": "Push the image to one of the agreed registries and name it from there.",
	}} with input as _input(_pod({"containers": [{"image": "registry.example.com.evil.org/web:1"}]}))
}

test_success_an_agreed_one if {
	image_registry.violations == set() with input as _input(_planned({"container": [{"image": "registry.example.com/shop/web:1"}]}))
}

_input(resource) := {"resources": [resource], "parameters": {"registries": ["registry.example.com", "docker.io/library/postgres/"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
