# METADATA
# title: Images have a version
# description: |-
#   latest, or no tag at all, is another program on another day: nodes run different ones, and going back is impossible.
#   A digest is a version too.
# custom:
#   id: PC-K8S-031
#   severity: medium
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
#     floating:
#       description: Tags that move, in lower case.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default: [latest]
#   remedy: Name the version of the image by a tag, or better by its digest.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-2}
package policies.kubernetes.image_tag

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	image := entry.container.image
	not _versioned(image)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "image"),
		"message": "An image has no version of its own.",
		"expected": "a tag other than latest, or a digest",
		"actual": image,
		"fix": "Write the version behind the name of the image, name:1.4.2 or name@sha256:….",
	}
}

_versioned(image) if contains(image, "@sha256:")

_versioned(image) if {
	tag := _tag(image)
	not lower(tag) in input.parameters.floating
}

# The port of a registry stands before the last slash, so what follows a colon behind it is a tag.
_tag(image) := tag if {
	segments := split(image, "/")
	parts := split(segments[count(segments) - 1], ":")
	count(parts) > 1
	tag := parts[count(parts) - 1]
	tag != ""
}
