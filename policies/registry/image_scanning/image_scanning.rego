# METADATA
# title: Images are scanned
# description: |-
#   An image is built once and runs for months; a scan at push is the cheapest moment to learn about its known
#   holes.
# custom:
#   id: PC-REG-001
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.image_scanning]
#   reads: [facts.image_scanning]
#   remedy: Switch scanning on, and look at what it finds.
#   controls:
#     - {framework: NIST 800-53 r5, control: RA-5}
package policies.registry.image_scanning

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _scanned(resource)
	violation := {
		"address": resource.address,
		"path": "facts.image_scanning",
		"message": "Images are not scanned when they are pushed.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_scanned(resource) if resource.facts.image_scanning

_fix := "Switch scanning on push on."

_fixes := {
	"aws_ecr_repository": "Add image_scanning_configuration { scan_on_push = true }.",
}
