# METADATA
# title: SSH and RDP are closed to the internet
# description: |-
#   Open administration ports are the most attacked doors of a cloud: password guessing starts within minutes and
#   never stops.
# custom:
#   id: PC-NET-003
#   severity: critical
#   kinds: ["*"]
#   requires: [facts.open_admin_port]
#   reads: [facts.open_admin_port]
#   remedy: Close the ports to the internet and reach machines through a session service, a VPN or a bastion.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-17}
#     - {framework: NIST 800-53 r5, control: SC-7}
#     - {framework: CIS AWS Foundations 3.0.0, control: "5.2"}
#     - {framework: CIS AWS Foundations 3.0.0, control: "5.3"}
#     - {framework: CIS Microsoft Azure Foundations 2.0.0, control: "6.1"}
#     - {framework: CIS Microsoft Azure Foundations 2.0.0, control: "6.2"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "3.6"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "3.7"}
package policies.exposure.open_admin_port

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _closed(resource)
	violation := {
		"address": resource.address,
		"path": "facts.open_admin_port",
		"message": "A firewall rule lets every address in to SSH (22) or RDP (3389).",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_closed(resource) if resource.facts.open_admin_port == false

_fix := "Close ports 22 and 3389 to the internet; use the session service of the cloud, a VPN or a bastion."

_fixes := {
	"aws_security_group": "Remove the ingress rule for port 22 or 3389 from 0.0.0.0/0 and ::/0; Session Manager needs no open port.",
	"aws_security_group_rule": "Remove the rule for port 22 or 3389 from 0.0.0.0/0 and ::/0; Session Manager needs no open port.",
	"aws_vpc_security_group_ingress_rule": "Remove the rule for port 22 or 3389 from 0.0.0.0/0 and ::/0; Session Manager needs no open port.",
	"azurerm_network_security_rule": "Remove the rule for port 22 or 3389 from * or Internet; Azure Bastion needs no open port.",
	"azurerm_network_security_group": "Remove the security_rule for port 22 or 3389 from * or Internet; Azure Bastion needs no open port.",
	"google_compute_firewall": "Allow 35.235.240.0/20 in source_ranges in place of 0.0.0.0/0: Identity-Aware Proxy forwards TCP from there.",
}
