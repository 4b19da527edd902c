# METADATA
# title: Machine learning data is encrypted with your own key
# description: |-
#   Training data is often a copy of everything a company knows. A key of your own makes it possible to lock that
#   copy away.
# custom:
#   id: PC-ML-002
#   severity: medium
#   kinds:
#     - aws.sagemaker.*
#     - azure.ml.*
#     - azure.cognitive.*
#     - gcp.vertexai.*
#     - gcp.notebooks.*
#     - gcp.workbench.*
#   requires: [facts.customer_key]
#   reads: [facts.customer_key]
#   remedy: Create a key for this data in the key service, and name it in the resource.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-12}
#     - {framework: NIST 800-53 r5, control: SC-28(1)}
package policies.ml.encryption

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _own_key(resource)
	violation := {
		"address": resource.address,
		"path": "facts.customer_key",
		"message": "No key of your own encrypts its volumes.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_own_key(resource) if resource.facts.customer_key

_fix := "Name a key of your own from the key service."

_fixes := {
	"aws_sagemaker_notebook_instance": "Set kms_key_id.",
	"aws_sagemaker_endpoint_configuration": "Set kms_key_arn.",
	"aws_sagemaker_domain": "Set kms_key_id.",
	"azurerm_machine_learning_workspace": "Add an encryption block with key_vault_id and key_id.",
	"azurerm_cognitive_account": "Add a customer_managed_key block.",
	"google_vertex_ai_endpoint": "Add encryption_spec { kms_key_name = … }.",
}
