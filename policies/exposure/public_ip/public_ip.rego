# METADATA
# title: Machines have no public address
# description: |-
#   A machine with a public address is one firewall mistake away from the internet. Load balancers and NAT gateways
#   serve traffic in and out without one on each machine.
# custom:
#   id: PC-NET-004
#   severity: medium
#   kinds:
#     - aws.ec2.instance
#     - aws.ec2.launch_configuration
#     - aws.ec2.launch_template
#     - aws.ec2.subnet
#     - aws.ecs.service
#     - azure.compute.*
#     - azure.container.group
#     - azure.databricks.*
#     - azure.kubernetes.*
#     - azure.ml.*
#     - azure.network.interface
#     - gcp.compute.instance*
#     - gcp.dataproc.*
#     - gcp.kubernetes.*
#     - gcp.notebooks.*
#     - gcp.workbench.*
#   requires: [facts.public_ip]
#   reads: [facts.public_ip]
#   remedy: Put the machine into a private network.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "4.9"}
package policies.exposure.public_ip

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _private(resource)
	violation := {
		"address": resource.address,
		"path": "facts.public_ip",
		"message": "It is given a public address.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_private(resource) if resource.facts.public_ip == false

_fix := "Keep the machine in a private network; serve it through a load balancer, and let it out through a NAT gateway."

_fixes := {
	"google_container_cluster": "Set enable_private_nodes = true in private_cluster_config.",
	"aws_launch_configuration": "Set associate_public_ip_address = false.",
	"aws_launch_template": "Set associate_public_ip_address = false in network_interfaces.",
	"aws_ecs_service": "Set assign_public_ip = false in network_configuration.",
	"aws_subnet": "Set map_public_ip_on_launch = false.",
	"aws_instance": "Set associate_public_ip_address = false and use a private subnet.",
	"google_compute_instance": "Remove the access_config block from network_interface.",
	"google_compute_instance_template": "Remove the access_config block from network_interface.",
	"azurerm_network_interface": "Remove public_ip_address_id from ip_configuration.",
}
