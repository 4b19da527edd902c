# METADATA
# title: What has replicas has a disruption budget
# description: |-
#   Without one a drain of nodes may evict all replicas at once. One object by itself, as a cluster asks about it,
#   cannot tell, so this judges plans, manifests and what is there already.
# custom:
#   id: PC-K8S-065
#   severity: low
#   kinds: [kubernetes.deployment, kubernetes.statefulset]
#   related: [kubernetes.poddisruptionbudget]
#   requires: [facts.instance_count]
#   reads:
#     - facts.instance_count
#     - scope.namespace
#     - config.spec.template.metadata.labels
#     - config.spec.selector.matchLabels
#     - config.spec.selector.matchExpressions
#     - config.spec[0].template[0].metadata[0].labels
#     - config.spec[0].selector[0].match_labels
#     - config.spec[0].selector[0].match_expressions
#   remedy: Add a PodDisruptionBudget whose selector finds the pods.
#   controls:
#     - {framework: NIST 800-53 r5, control: CP-10}
#     - {framework: NIST 800-53 r5, control: SC-5}
package policies.kubernetes.disruption_budget

# METADATA
# entrypoint: true
violations contains violation if {
	input.context.point != "admission"
	some resource in input.resources
	resource.facts.instance_count > 1
	not _guarded(resource)
	violation := {
		"address": resource.address,
		"path": "facts.instance_count",
		"message": "No disruption budget keeps its replicas from going all at once.",
		"expected": "a disruption budget",
		"actual": null,
		"fix": "Add a PodDisruptionBudget whose selector finds the pods, with maxUnavailable: 1.",
	}
}

_guarded(resource) if {
	some budget in input.related
	object.get(budget, ["scope", "namespace"], "") == object.get(resource, ["scope", "namespace"], "")
	_finds(budget, resource)
}

_finds(budget, resource) if {
	wanted := _wanted(budget)
	labels := _labels(resource)
	every key, value in wanted {
		labels[key] == value
	}
}

# Expressions are not worked out: the budget is taken to mean these pods.
_finds(budget, _) if count(budget.config.spec.selector.matchExpressions) > 0

_finds(budget, _) if count(budget.config.spec[0].selector[0].match_expressions) > 0

_labels(resource) := resource.config.spec.template.metadata.labels

_labels(resource) := resource.config.spec[0].template[0].metadata[0].labels

_wanted(budget) := budget.config.spec.selector.matchLabels

_wanted(budget) := budget.config.spec[0].selector[0].match_labels
