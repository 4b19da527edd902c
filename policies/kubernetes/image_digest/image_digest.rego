# METADATA
# title: Images are named by their digest
# description: |-
#   Who may push can put another program behind the same tag. A digest names exactly the bytes that were tested and
#   signed.
# custom:
#   id: PC-K8S-033
#   severity: low
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
#   remedy: Write the digest behind the name or the tag of the image.
#   controls:
#     - {framework: NIST 800-53 r5, control: SI-7}
package policies.kubernetes.image_digest

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	image := entry.container.image
	not _named_by_digest(image)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, "image"),
		"message": "An image is not named by its digest.",
		"expected": "…@sha256:…",
		"actual": image,
		"fix": "Write the digest behind the image: name:1.4.2@sha256:….",
	}
}

# By hand and not by a pattern: sixty-four letters of a pattern cost more to compile than all else that is done here.
_named_by_digest(image) if {
	[_, digest] := split(image, "@sha256:")
	count(digest) == 64
	trim(digest, "0123456789abcdef") == ""
}
