package policies.change.deletion_share_test

import data.policies.change.deletion_share

test_fail_most_of_it if {
	deletion_share.violations == {{
		"address": "a",
		"path": "action",
		"message": "This change deletes or replaces 2 of 3 resources that exist.",
		"expected": "at most 50 %",
		"actual": "67 %",
		"fix": "Read the list of deletions; if they are meant, split the change.",
	}} with input as _input({"a": "delete", "b": "replace", "c": "none"})
}

test_success_half if {
	deletion_share.violations == set() with input as _input({"a": "delete", "b": "replace", "c": "none", "d": "update"})
}

test_success_too_few_to_matter if {
	deletion_share.violations == set() with input as _input({"a": "delete"})
}

test_success_nothing_exists if {
	deletion_share.violations == set() with input as _input({})
}

_input(actions) := {
	"resources": [{"address": address, "action": action} | some address, action in actions],
	"parameters": {"percent": 50, "least": 2},
}
