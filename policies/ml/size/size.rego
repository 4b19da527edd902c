# METADATA
# title: Machine learning machines are no larger than agreed
# description: |-
#   A notebook that sleeps on eight accelerators over a weekend costs more than the notebook ever saves. Large sizes are
#   for training runs that somebody planned: give those an exemption.
# custom:
#   id: PC-ML-001
#   severity: medium
#   kinds:
#     - aws.sagemaker.*
#     - azure.ml.*
#     - gcp.vertexai.*
#     - gcp.notebooks.*
#     - gcp.workbench.*
#   reads: [facts.size, facts.instance_count]
#   perPath: true
#   parameters:
#     sizes:
#       description: Sizes that need a reason, as globs; case does not count.
#       type: array
#       items: {type: string, minLength: 1}
#       default: [ml.p3*, ml.p4*, ml.p5*, ml.p6*, ml.g*.12xlarge, ml.g*.24xlarge, ml.g*.48xlarge, ml.trn*, "*.16xlarge", "*.24xlarge", a2-*, a3-*, standard_nc*, standard_nd*]
#     instances:
#       description: The most machines that one resource may run.
#       type: integer
#       minimum: 1
#       default: 4
#   remedy: Take a smaller size or fewer machines, or ask for an exemption for the run that needs them.
package policies.ml.size

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	_huge(resource)
	violation := {
		"address": resource.address,
		"path": "facts.size",
		"message": sprintf("The size %s needs a reason.", [resource.facts.size]),
		"expected": "a smaller size",
		"actual": resource.facts.size,
		"fix": "Take a smaller size, and train in jobs that end.",
	}
}

violations contains violation if {
	some resource in input.resources
	resource.facts.instance_count > input.parameters.instances
	violation := {
		"address": resource.address,
		"path": "facts.instance_count",
		"message": sprintf("It runs %v machines; more than %v need a reason.", [resource.facts.instance_count, input.parameters.instances]),
		"expected": sprintf("at most %v", [input.parameters.instances]),
		"actual": resource.facts.instance_count,
		"fix": "Run fewer machines.",
	}
}

_huge(resource) if {
	some pattern in input.parameters.sizes
	glob.match(lower(pattern), null, lower(resource.facts.size))
}
