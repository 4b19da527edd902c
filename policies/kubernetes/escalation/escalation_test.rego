package policies.kubernetes.escalation_test

import data.policies.kubernetes.escalation

test_fail_impersonate if {
	escalation.violations == {{
		"address": "role",
		"path": "config.rules[0].verbs",
		"message": "The role may impersonate users.",
		"expected": "no way to more permissions",
		"actual": "impersonate",
		"fix": "Remove impersonate, or the resource users, from the rule.",
	}} with input.resources as [{"address": "role", "config": {"rules": [{"resources": ["users"], "verbs": ["impersonate", "get"]}]}}]
}

test_fail_a_session_in_terraform if {
	violations := escalation.violations with input.resources as [{"address": "role", "config": {"rule": [{"resources": ["pods", "pods/exec"], "verbs": ["create"]}]}}]
	{violation.path | some violation in violations} == {"config.rule[0].verbs"}
}

test_success_no_way if {
	escalation.violations == set() with input.resources as [{"address": "role", "config": {"rules": [{"resources": ["roles", "pods"], "verbs": ["create", "update"]}]}}]
}
