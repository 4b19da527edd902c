# METADATA
# title: No firewall rule lets the whole internet in
# description: |-
#   A port that is open to every address is found by scanners within minutes. Ports 80 and 443 are left out: web
#   servers are meant to be reached.
# custom:
#   id: PC-NET-002
#   severity: high
#   kinds: ["*"]
#   requires: [facts.open_ingress]
#   reads: [facts.open_ingress]
#   remedy: Open the port to the networks that need it, not to everyone.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
#     - {framework: NIST 800-53 r5, control: SC-7(5)}
package policies.exposure.open_ingress

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _closed(resource)
	violation := {
		"address": resource.address,
		"path": "facts.open_ingress",
		"message": "A firewall rule lets every address in, to a port other than 80 and 443.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_closed(resource) if resource.facts.open_ingress == false

_fix := "Name the networks that need access in place of the whole internet, or put a load balancer, a VPN or a bastion in front."

_fixes := {
	"aws_security_group": "Replace 0.0.0.0/0 and ::/0 in cidr_blocks and ipv6_cidr_blocks of the ingress rule by the networks that need access, or name a security group.",
	"aws_security_group_rule": "Replace 0.0.0.0/0 and ::/0 in cidr_blocks and ipv6_cidr_blocks by the networks that need access, or name a source_security_group_id.",
	"aws_vpc_security_group_ingress_rule": "Replace cidr_ipv4 or cidr_ipv6 by the network that needs access, or name a referenced_security_group_id.",
	"azurerm_network_security_rule": "Replace * or Internet in source_address_prefix by the networks that need access.",
	"azurerm_network_security_group": "Replace * or Internet in source_address_prefix of the security_rule by the networks that need access.",
	"google_compute_firewall": "Replace 0.0.0.0/0 in source_ranges by the networks that need access, or use source_service_accounts.",
}
