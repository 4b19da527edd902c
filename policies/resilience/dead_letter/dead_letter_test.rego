package policies.resilience.dead_letter_test

import data.policies.resilience.dead_letter

test_fail_failed_messages_are_lost if {
	dead_letter.violations == {_violation("Set redrive_policy with deadLetterTargetArn and maxReceiveCount.")} with input as _input("aws_sqs_queue", false)
}

test_fail_with_general_advice_for_other_types if {
	dead_letter.violations == {_violation("Name a dead-letter queue.")} with input as _input("some_type", false)
}

test_success_failed_messages_are_kept if {
	dead_letter.violations == set() with input as _input("aws_sqs_queue", true)
}

_violation(fix) := {
	"address": "aws_sqs_queue.it",
	"path": "facts.dead_letter",
	"message": "Messages that fail are not kept in a dead-letter queue.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_sqs_queue.it", "type": type, "facts": {"dead_letter": value}}]}
