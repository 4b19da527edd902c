package policies.kubernetes.secret_access_test

import data.policies.kubernetes.secret_access

test_fail_every_secret if {
	secret_access.violations == {{
		"address": "role",
		"path": "config.rules[1].resources",
		"message": "The role reads every Secret there is.",
		"expected": "Secrets by their names",
		"actual": ["get", "list"],
		"fix": "Name the Secrets in resourceNames and leave the verb get alone.",
	}} with input.resources as [_role([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}, {"apiGroups": [""], "resources": ["secrets"], "verbs": ["list", "get", "delete"]}])]
}

test_fail_every_secret_in_terraform if {
	violations := secret_access.violations with input.resources as [{"address": "role", "config": {"rule": [{"api_groups": ["*"], "resources": ["secrets"], "verbs": ["watch"], "resource_names": null}]}}]
	{violation.path | some violation in violations} == {"config.rule[0].resources"}
}

test_success_by_name_or_only_written if {
	secret_access.violations == set() with input.resources as [_role([
		{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"], "resourceNames": ["tls"]},
		{"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]},
		{"apiGroups": ["example.com"], "resources": ["secrets"], "verbs": ["get"]},
	])]
}

_role(rules) := {"address": "role", "config": {"rules": rules}}
