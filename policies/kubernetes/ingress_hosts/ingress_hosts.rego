# METADATA
# title: An ingress names its hosts, and has a certificate for each
# description: |-
#   A rule without a host, or for every host, catches what was meant for others. A host that stands in no tls block is
#   served in clear text, or under the certificate of the controller.
# custom:
#   id: PC-K8S-042
#   severity: medium
#   kinds: [kubernetes.ingress]
#   reads:
#     - config.spec.rules
#     - config.spec.tls
#     - config.spec.defaultBackend
#     - config.spec[0].rule
#     - config.spec[0].tls
#   remedy: Name the host of each rule, and list it under tls.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-8}
#     - {framework: NIST 800-53 r5, control: SC-23}
package policies.kubernetes.ingress_hosts

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some spec in _specs(resource)
	some index, rule in spec.rules
	host := object.get(rule, "host", null)
	problem := _problem(host, spec.secured)
	violation := {
		"address": resource.address,
		"path": sprintf("%s[%d].host", [spec.path, index]),
		"message": problem.message,
		"expected": problem.expected,
		"actual": host,
		"fix": problem.fix,
	}
}

_specs(resource) := [spec |
	some place in [
		{"spec": ["spec"], "rules": "rules", "path": "config.spec.rules"},
		{"spec": ["spec", 0], "rules": "rule", "path": "config.spec[0].rule"},
	]
	block := object.get(resource.config, place.spec, {})
	spec := {
		"rules": object.get(block, place.rules, []),
		"path": place.path,
		"secured": {host | some host in block.tls[_].hosts},
	}
]

_problem(host, _) := {
	"message": "A rule of the ingress catches every host.",
	"expected": "a host",
	"fix": "Name the host of the rule.",
} if {
	host in {null, "", "*"}
}

_problem(host, secured) := {
	"message": "A host of the ingress has no certificate.",
	"expected": "a host that stands under tls",
	"fix": "List the host under tls, with the secret that holds its certificate.",
} if {
	not host in {null, "", "*"}
	not _covered(host, secured)
}

_covered(host, secured) if host in secured

# A wildcard stands for one label.
_covered(host, secured) if concat(".", array.concat(["*"], array.slice(split(host, "."), 1, 99))) in secured
