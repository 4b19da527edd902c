package policies.cost.disk_size_test

import data.policies.cost.disk_size

test_fail_sixty_terabytes if {
	disk_size.violations == {_violation("Lower allocated_storage and set max_allocated_storage: storage then grows by itself.")} with input as _input("aws_db_instance", 64000)
}

test_fail_with_general_advice_for_other_types if {
	disk_size.violations == {_violation("Allocate less, and let it grow when it fills up.")} with input as _input("some_type", 64000)
}

test_success_a_hundred_gigabytes if {
	disk_size.violations == set() with input as _input("aws_db_instance", 100)
}

_violation(fix) := {
	"address": "it",
	"path": "facts.disk_gb",
	"message": "It allocates 64000 GB; more than 2000 need a reason.",
	"expected": "at most 2000 GB",
	"actual": 64000,
	"fix": fix,
}

_input(type, value) := {
	"resources": [{"address": "it", "type": type, "facts": {"disk_gb": value}}],
	"parameters": {"maximum": 2000},
}
