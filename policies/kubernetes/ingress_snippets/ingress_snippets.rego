# METADATA
# title: An ingress brings no configuration of its own for the controller
# description: |-
#   Snippets are pasted into the configuration of the controller, which holds the certificates and the tokens of the
#   whole cluster: who writes one can read them all (CVE-2021-25742).
# custom:
#   id: PC-K8S-043
#   severity: high
#   kinds: [kubernetes.ingress]
#   reads:
#     - config.metadata.annotations
#     - config.metadata[0].annotations
#   perPath: true
#   remedy: Remove the snippet; use the annotations made for the purpose, or ask whoever runs the controller.
#   controls:
#     - {framework: NIST 800-53 r5, control: CM-7}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.ingress_snippets

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some place in [["config.metadata.annotations", "metadata", "annotations"], ["config.metadata[0].annotations", "metadata", 0, "annotations"]]
	annotations := object.get(resource.config, array.slice(place, 1, 4), {})
	some key, _ in annotations
	_snippet(key)
	violation := {
		"address": resource.address,
		"path": sprintf("%s[%s]", [place[0], json.marshal(key)]),
		"message": "A snippet is pasted into the configuration of the controller.",
		"expected": "no snippet",
		"actual": "a snippet",
		"fix": "Remove the annotation.",
	}
}

_snippet(key) if regex.match(`^nginx\.(?:ingress\.kubernetes\.io|org)/.*-snippets?$`, key)
