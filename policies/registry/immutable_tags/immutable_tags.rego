# METADATA
# title: An image tag keeps its image
# description: |-
#   When a tag can be moved, what was tested is not what runs, and whoever can push can replace it unseen.
# custom:
#   id: PC-REG-002
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.immutable_tags]
#   reads: [facts.immutable_tags]
#   remedy: Make tags immutable and deploy by digest or by unique tags.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-5}
#     - {framework: NIST 800-53 r5, control: SI-7}
package policies.registry.immutable_tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _immutable(resource)
	violation := {
		"address": resource.address,
		"path": "facts.immutable_tags",
		"message": "An image tag can be moved to another image.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_immutable(resource) if resource.facts.immutable_tags

_fix := "Make image tags immutable."

_fixes := {
	"aws_ecr_repository": `Set image_tag_mutability = "IMMUTABLE".`,
	"google_artifact_registry_repository": "Add docker_config { immutable_tags = true }.",
}
