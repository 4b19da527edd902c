package policies.registry.image_scanning_test

import data.policies.registry.image_scanning

test_fail_not_scanned if {
	image_scanning.violations == {_violation("Add image_scanning_configuration { scan_on_push = true }.")} with input as _input("aws_ecr_repository", false)
}

test_fail_with_general_advice_for_other_types if {
	image_scanning.violations == {_violation("Switch scanning on push on.")} with input as _input("some_type", false)
}

test_success_scanned if {
	image_scanning.violations == set() with input as _input("aws_ecr_repository", true)
}

_violation(fix) := {
	"address": "aws_ecr_repository.it",
	"path": "facts.image_scanning",
	"message": "Images are not scanned when they are pushed.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_ecr_repository.it", "type": type, "facts": {"image_scanning": value}}]}
