# METADATA
# title: Namespaces come with a network policy
# description: |-
#   Without one every pod of the cluster may talk to every other. One object by itself, as a cluster asks about it,
#   cannot tell, so this judges plans, manifests and what is there already.
# custom:
#   id: PC-K8S-045
#   severity: medium
#   kinds: [kubernetes.namespace]
#   related: [kubernetes.networkpolicy]
#   requires: [facts.name]
#   reads: [facts.name, scope.namespace]
#   remedy: Add a NetworkPolicy that denies what is not needed.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.3.2"}
#     - {framework: NIST 800-53 r5, control: AC-4}
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.kubernetes.network_policy

# METADATA
# entrypoint: true
violations contains violation if {
	input.context.point != "admission"
	some resource in input.resources
	not resource.facts.name in _limited
	violation := {
		"address": resource.address,
		"path": "facts.name",
		"message": "The namespace has no network policy.",
		"expected": "a network policy",
		"actual": null,
		"fix": "Add a NetworkPolicy with an empty podSelector and the policyTypes Ingress and Egress, then allow what is needed.",
	}
}

_limited contains policy.scope.namespace if some policy in input.related
