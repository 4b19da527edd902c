# METADATA
# title: Machines have no public address
# description: |-
#   A machine with a public address is one firewall mistake away from the internet. Load balancers and NAT gateways
#   serve traffic in and out without one on each machine.
# custom:
#   id: PC-NET-004
#   severity: medium
#   kinds: ["*"]
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
	"aws_instance": "Set associate_public_ip_address = false and use a private subnet.",
	"google_compute_instance": "Remove the access_config block from network_interface.",
	"google_compute_instance_template": "Remove the access_config block from network_interface.",
	"azurerm_network_interface": "Remove public_ip_address_id from ip_configuration.",
}
