# METADATA
# title: Services do not claim addresses
# description: |-
#   externalIPs catch the traffic that the whole cluster sends to that address, whoever owns it: anybody who may make a
#   Service can listen in (CVE-2020-8554).
# custom:
#   id: PC-K8S-041
#   severity: high
#   kinds: [kubernetes.service]
#   reads:
#     - config.spec.externalIPs
#     - config.spec[0].external_ips
#   perPath: true
#   parameters:
#     allowed:
#       description: Addresses that services may claim.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default: []
#   remedy: Remove externalIPs and use a load balancer or an ingress.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.kubernetes.external_addresses

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in [["config.spec.externalIPs", "spec", "externalIPs"], ["config.spec[0].external_ips", "spec", 0, "external_ips"]]
	addresses := object.get(resource.config, array.slice(place, 1, 4), null)
	claimed := [address | some address in addresses; not address in input.parameters.allowed]
	count(claimed) > 0
	violation := {
		"address": resource.address,
		"path": place[0],
		"message": "The service claims addresses of its own choice.",
		"expected": input.parameters.allowed,
		"actual": claimed,
		"fix": "Remove the addresses; a load balancer or an ingress is given one.",
	}
}
