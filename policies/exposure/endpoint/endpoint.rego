# METADATA
# title: Control planes and services have private endpoints
# description: |-
#   The API of a cluster, a function or a vault that answers the whole internet turns one stolen token into a
#   break-in. Load balancers, gateways and content networks are left out: they are meant to be reached.
# custom:
#   id: PC-NET-008
#   severity: medium
#   kinds:
#     - aws.eks.*
#     - aws.lambda.*
#     - aws.sagemaker.*
#     - azure.eventgrid.*
#     - azure.eventhub.*
#     - azure.kubernetes.*
#     - azure.servicebus.*
#     - azure.container.registry
#     - azure.container.group
#     - azure.ml.*
#     - azure.cognitive.*
#     - azure.keyvault.*
#     - gcp.kubernetes.*
#     - gcp.run.*
#     - gcp.functions.*
#     - gcp.vertexai.*
#     - gcp.notebooks.*
#     - gcp.workbench.*
#   requires: [facts.public]
#   reads: [facts.public]
#   remedy: Give it a private endpoint, or name the networks that may reach it.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.exposure.endpoint

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _private(resource)
	violation := {
		"address": resource.address,
		"path": "facts.public",
		"message": "Its endpoint answers the whole internet.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_private(resource) if resource.facts.public == false

_fix := "Give it a private endpoint, or name the networks that may reach it."

_fixes := {
	"aws_eks_cluster": "Set endpoint_public_access = false in vpc_config, or name networks in public_access_cidrs.",
	"aws_lambda_function_url": `Set authorization_type = "AWS_IAM".`,
	"azurerm_kubernetes_cluster": "Set private_cluster_enabled = true, or authorized_ip_ranges in api_server_access_profile.",
	"azurerm_key_vault": `Set public_network_access_enabled = false, or network_acls with default_action = "Deny".`,
	"google_container_cluster": "Set enable_private_endpoint = true in private_cluster_config, or master_authorized_networks_config.",
	"google_cloud_run_v2_service": `Set ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY", and remove allUsers from its invokers.`,
}
