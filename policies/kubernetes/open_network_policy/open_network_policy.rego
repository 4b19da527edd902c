# METADATA
# title: A network policy limits something
# description: |-
#   A rule of a network policy that names neither peers nor ports allows everything: the policy is there, and does
#   nothing.
# custom:
#   id: PC-K8S-044
#   severity: medium
#   kinds: [kubernetes.networkpolicy]
#   reads:
#     - config.spec.ingress
#     - config.spec.egress
#     - config.spec[0].ingress
#     - config.spec[0].egress
#   perPath: true
#   remedy: Name the peers or the ports that are needed.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-4}
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.kubernetes.open_network_policy

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in [["config.spec", "spec"], ["config.spec[0]", "spec", 0]]
	spec := object.get(resource.config, array.slice(place, 1, 3), {})
	some direction, peers in {"ingress": "from", "egress": "to"}
	some index, rule in spec[direction]
	_empty(rule, peers)
	_empty(rule, "ports")
	violation := {
		"address": resource.address,
		"path": sprintf("%s.%s[%d]", [place[0], direction, index]),
		"message": sprintf("The network policy allows all %s traffic.", [direction]),
		"expected": "peers or ports",
		"actual": "neither",
		"fix": sprintf("Name the peers in %s, or the ports.", [peers]),
	}
}

_empty(rule, field) if object.get(rule, field, null) in [null, []]
