# METADATA
# title: Machine learning runs inside the private network
# description: |-
#   Notebooks and training jobs hold the most sensitive data of a company next to code of anybody's. Direct internet
#   access lets either leave unseen.
# custom:
#   id: PC-ML-003
#   severity: high
#   kinds:
#     - aws.sagemaker.*
#     - azure.ml.*
#     - azure.cognitive.*
#     - gcp.vertexai.*
#     - gcp.notebooks.*
#     - gcp.workbench.*
#   requires: [facts.network_isolated]
#   reads: [facts.network_isolated]
#   remedy: Run it inside a private network and let data in through private endpoints.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.ml.network_isolation

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _isolated(resource)
	violation := {
		"address": resource.address,
		"path": "facts.network_isolated",
		"message": "It has internet access of its own.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_isolated(resource) if resource.facts.network_isolated

_fix := "Run it inside a private network without direct internet access."

_fixes := {
	"aws_sagemaker_notebook_instance": `Set subnet_id and direct_internet_access = "Disabled".`,
	"aws_sagemaker_model": "Set enable_network_isolation = true, or vpc_config.",
	"aws_sagemaker_domain": `Set app_network_access_type = "VpcOnly".`,
	"azurerm_machine_learning_workspace": "Set public_network_access_enabled = false.",
}
