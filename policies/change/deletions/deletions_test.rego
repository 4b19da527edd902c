package policies.change.deletions_test

import data.policies.change.deletions

test_fail_too_many if {
	deletions.violations == {{
		"address": "a",
		"path": "action",
		"message": "This change deletes or replaces 3 resources; more than 2 need a reason.",
		"expected": "at most 2",
		"actual": 3,
		"fix": "Read the list of deletions; if they are meant, split the change.",
	}} with input as _input(["b", "a", "c"])
}

test_success_as_many_as_agreed if {
	deletions.violations == set() with input as _input(["a", "b"])
}

test_success_none if {
	deletions.violations == set() with input as _input([]) with input.parameters.maximum as 0
}

_input(addresses) := {
	"resources": [{"address": address, "action": "delete"} | some address in addresses],
	"parameters": {"maximum": 2},
}
