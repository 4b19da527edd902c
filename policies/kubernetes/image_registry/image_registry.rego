# METADATA
# title: Images come from registries that we trust
# description: |-
#   Whoever can push to a public registry decides what runs in the cluster. An image without a registry comes from
#   Docker Hub.
# custom:
#   id: PC-K8S-032
#   severity: high
#   kinds:
#     - kubernetes.pod
#     - kubernetes.deployment
#     - kubernetes.statefulset
#     - kubernetes.daemonset
#     - kubernetes.replicaset
#     - kubernetes.replicationcontroller
#     - kubernetes.job
#     - kubernetes.cronjob
#   reads:
#     - config.spec.containers[*].image
#     - config.spec.initContainers[*].image
#     - config.spec.ephemeralContainers[*].image
#     - config.spec.template.spec.containers[*].image
#     - config.spec.template.spec.initContainers[*].image
#     - config.spec.template.spec.ephemeralContainers[*].image
#     - config.spec.jobTemplate.spec.template.spec.containers[*].image
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].image
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].image
#     - config.spec[0].container[*].image
#     - config.spec[0].init_container[*].image
#     - config.spec[0].template[0].spec[0].container[*].image
#     - config.spec[0].template[0].spec[0].init_container[*].image
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].image
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].image
#   perPath: true
#   parameters:
#     registries:
#       description: Registries, or folders of them, that images may come from; docker.io/library are the official images of Docker Hub.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       uniqueItems: true
#   remedy: Push the image to one of the agreed registries and name it from there.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-11}
#     - {framework: NIST 800-53 r5, control: SR-3}
package policies.kubernetes.image_registry

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	image := entry.container.image
	not _allowed(_full(image))
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "image"),
		"message": "An image comes from a registry that is not agreed.",
		"expected": input.parameters.registries,
		"actual": image,
		"fix": "Push the image to one of the agreed registries and name it from there.",
	}
}

# Whole names of folders only: registry.example.com must not let registry.example.com.evil.org in.
_allowed(image) if {
	some registry in input.parameters.registries
	startswith(image, sprintf("%s/", [trim_suffix(registry, "/")]))
}

# The name of a registry holds a dot or a port, or is localhost; everything else is Docker Hub.
_full(image) := image if regex.match(`^(?:[^/]*[.:][^/]*|localhost)/`, image)

_full(image) := concat("/", ["docker.io", image]) if {
	not regex.match(`^(?:[^/]*[.:][^/]*|localhost)/`, image)
	contains(image, "/")
}

_full(image) := concat("/", ["docker.io/library", image]) if not contains(image, "/")
