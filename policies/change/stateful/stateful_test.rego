package policies.change.stateful_test

import data.policies.change.stateful

test_fail_delete if {
	stateful.violations == {{
		"address": "aws_db_instance.main",
		"path": "action",
		"message": "This change deletes it, and the data that it holds is lost.",
		"expected": "kept",
		"actual": "delete",
		"fix": "Put it back, use a moved block if it has another address now, or approve its deletion in a change of its own first.",
	}} with input as _input("delete", {})
}

test_fail_replace if {
	stateful.violations == {{
		"address": "aws_db_instance.main",
		"path": "action",
		"message": "This change replaces it, and the data that it holds is lost.",
		"expected": "kept",
		"actual": "replace",
		"fix": "Undo the change of the attribute that forces the replacement, or move the data to a new resource first.",
	}} with input as _input("replace", {})
}

test_fail_approval_taken_back if {
	violations := stateful.violations with input as _input("delete", {"deletion-approved": "false"})
	count(violations) == 1
}

test_success_approved if {
	stateful.violations == set() with input as _input("delete", {"deletion-approved": "CHG-4711"})
}

_input(action, tags) := {
	"resources": [{"address": "aws_db_instance.main", "action": action, "tags": tags}],
	"parameters": {"approval": "deletion-approved"},
}
