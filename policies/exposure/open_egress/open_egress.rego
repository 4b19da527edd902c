# METADATA
# title: Traffic to the internet is limited
# description: |-
#   A machine that may talk to every address on every port can send away whatever it holds once somebody has broken
#   into it.
# custom:
#   id: PC-NET-005
#   severity: low
#   kinds: ["*"]
#   requires: [facts.open_egress]
#   reads: [facts.open_egress]
#   remedy: Replace the rule by the ports and networks that are needed.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7(5)}
#     - {framework: NIST 800-53 r5, control: AC-4}
package policies.exposure.open_egress

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _limited(resource)
	violation := {
		"address": resource.address,
		"path": "facts.open_egress",
		"message": "A firewall rule lets every port out to every address.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_limited(resource) if resource.facts.open_egress == false

_fix := "Allow the ports and networks that are needed, TCP 443 to begin with."

_fixes := {
	"google_compute_firewall": "Name the ports in allow and the networks in destination_ranges.",
	"aws_vpc_security_group_egress_rule": `Replace ip_protocol "-1" and 0.0.0.0/0 by the ports that are needed, TCP 443 to begin with.`,
	"aws_security_group_rule": `Replace protocol "-1" and 0.0.0.0/0 by the ports that are needed, TCP 443 to begin with.`,
	"aws_security_group": `Replace the egress rule with protocol "-1" and 0.0.0.0/0 by the ports that are needed, TCP 443 to begin with.`,
}
