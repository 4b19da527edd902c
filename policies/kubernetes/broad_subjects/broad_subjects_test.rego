package policies.kubernetes.broad_subjects_test

import data.policies.kubernetes.broad_subjects

test_fail_the_default_account if {
	broad_subjects.violations == {{
		"address": "binding",
		"path": "config.subjects[0].name",
		"message": "The binding is for nobody in particular.",
		"expected": "an account or a group of its own",
		"actual": "default",
		"fix": "Bind the role to the account or the group that needs it.",
	}} with input.resources as [{"address": "binding", "config": {"subjects": [{"kind": "ServiceAccount", "name": "default"}]}}]
}

test_fail_broad_groups_in_terraform if {
	violations := broad_subjects.violations with input.resources as [{"address": "binding", "config": {"subject": [
		{"kind": "Group", "name": "system:authenticated"},
		{"kind": "Group", "name": "system:serviceaccounts:shop"},
		{"kind": "User", "name": "ana"},
	]}}]
	{violation.path | some violation in violations} == {"config.subject[0].name", "config.subject[1].name"}
}

test_success_somebody if {
	broad_subjects.violations == set() with input.resources as [{"address": "binding", "config": {"subjects": [{"kind": "ServiceAccount", "name": "web"}, {"kind": "Group", "name": "developers"}]}}]
}
