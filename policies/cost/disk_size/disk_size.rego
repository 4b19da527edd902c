# METADATA
# title: Disks are no larger than agreed
# description: |-
#   Storage is paid for when it is allocated, not when it is used, and most disks can grow but never shrink.
# custom:
#   id: PC-CST-002
#   severity: low
#   kinds: ["*"]
#   requires: [facts.disk_gb]
#   reads: [facts.disk_gb]
#   parameters:
#     maximum:
#       description: The most gigabytes that one resource may allocate.
#       type: integer
#       minimum: 1
#       default: 2000
#   remedy: Allocate less, or ask for an exemption with the reason.
package policies.cost.disk_size

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _modest(resource)
	violation := {
		"address": resource.address,
		"path": "facts.disk_gb",
		"message": sprintf("It allocates %v GB; more than %v need a reason.", [resource.facts.disk_gb, input.parameters.maximum]),
		"expected": sprintf("at most %v GB", [input.parameters.maximum]),
		"actual": resource.facts.disk_gb,
		"fix": object.get(_fixes, resource.type, "Allocate less, and let it grow when it fills up."),
	}
}

_modest(resource) if resource.facts.disk_gb <= input.parameters.maximum

_fixes := {
	"aws_db_instance": "Lower allocated_storage and set max_allocated_storage: storage then grows by itself.",
	"aws_ebs_volume": "Lower size: a volume can be enlarged while it is in use.",
	"google_compute_disk": "Lower size: a disk can be enlarged while it is in use.",
	"azurerm_managed_disk": "Lower disk_size_gb: a disk can be enlarged later.",
}
