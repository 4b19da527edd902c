package policies.kubernetes.disruption_budget_test

import data.policies.kubernetes.disruption_budget

test_fail_none if {
	disruption_budget.violations == {_violation} with input as _input([])
}

test_fail_one_for_others if {
	disruption_budget.violations == {_violation} with input as _input([_budget("shop", {"app": "api"}), _budget("other", {"app": "web"})])
}

test_success_one if {
	disruption_budget.violations == set() with input as _input([_budget("shop", {"app": "web"})])
}

test_success_one_in_terraform if {
	disruption_budget.violations == set() with input as object.union(
		_input([{
			"address": "budget",
			"config": {"spec": [{"selector": [{"match_labels": {"app": "web"}}]}]},
		}]),
		{"resources": [{"address": "web", "facts": {"instance_count": 2}, "config": {"spec": [{"template": [{"metadata": [{"labels": {"app": "web"}}]}]}]}}]},
	)
}

test_success_expressions if {
	disruption_budget.violations == set() with input as _input([{"address": "budget", "scope": {"namespace": "shop"}, "config": {"spec": {"selector": {"matchExpressions": [{"key": "app"}]}}}}])
	disruption_budget.violations == set() with input as _input([{"address": "budget", "scope": {"namespace": "shop"}, "config": {"spec": [{"selector": [{"match_expressions": [{"key": "app"}]}]}]}}])
}

test_success_one_object_by_itself if {
	disruption_budget.violations == set() with input as object.union(_input([]), {"context": {"point": "admission"}})
}

_budget(namespace, labels) := {
	"address": "budget",
	"scope": {"namespace": namespace},
	"config": {"spec": {"selector": {"matchLabels": labels}}},
}

_input(related) := {
	"context": {"point": "pre-apply"},
	"resources": [{
		"address": "web",
		"facts": {"instance_count": 2},
		"scope": {"namespace": "shop"},
		"config": {"spec": {"template": {"metadata": {"labels": {"app": "web", "tier": "front"}}}}},
	}],
	"related": related,
}

_violation := {
	"address": "web",
	"path": "facts.instance_count",
	"message": "No disruption budget keeps its replicas from going all at once.",
	"expected": "a disruption budget",
	"actual": null,
	"fix": "Add a PodDisruptionBudget whose selector finds the pods, with maxUnavailable: 1.",
}
