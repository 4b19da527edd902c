# METADATA
# title: Services are not open to the internet
# description: |-
#   A load balancer or node port passes by the ingress, its certificates and its firewall. Load balancers in the private
#   network and those with source ranges are left out.
# custom:
#   id: PC-K8S-040
#   severity: medium
#   kinds: [kubernetes.service]
#   requires: [facts.public]
#   reads: [facts.public, config.spec.type]
#   perPath: true
#   remedy: Use a ClusterIP behind an ingress, or keep the load balancer in the private network.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
#     - {framework: NIST 800-53 r5, control: AC-4}
package policies.kubernetes.public_service

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _private(resource)
	violation := {
		"address": resource.address,
		"path": "facts.public",
		"message": "The service can be reached from outside the cluster.",
		"expected": false,
		"actual": true,
		"fix": "Use type ClusterIP behind an ingress, or limit loadBalancerSourceRanges, or make the load balancer an internal one by the annotation of your cloud.",
	}
}

_private(resource) if resource.facts.public == false
