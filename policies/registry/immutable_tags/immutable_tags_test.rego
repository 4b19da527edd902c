package policies.registry.immutable_tags_test

import data.policies.registry.immutable_tags

test_fail_tags_can_be_moved if {
	immutable_tags.violations == {_violation(`Set image_tag_mutability = "IMMUTABLE".`)} with input as _input("aws_ecr_repository", false)
}

test_fail_with_general_advice_for_other_types if {
	immutable_tags.violations == {_violation("Make image tags immutable.")} with input as _input("some_type", false)
}

test_success_tags_are_immutable if {
	immutable_tags.violations == set() with input as _input("aws_ecr_repository", true)
}

_violation(fix) := {
	"address": "aws_ecr_repository.it",
	"path": "facts.immutable_tags",
	"message": "An image tag can be moved to another image.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_ecr_repository.it", "type": type, "facts": {"immutable_tags": value}}]}
