# METADATA
# title: Failed messages are kept
# description: |-
#   Without a dead-letter queue a message that fails again and again blocks the queue or is lost, and nobody notices
#   either.
# custom:
#   id: PC-RES-005
#   severity: low
#   kinds: ["*"]
#   requires: [facts.dead_letter]
#   reads: [facts.dead_letter]
#   remedy: Name a dead-letter queue and an alarm on its length.
package policies.resilience.dead_letter

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _kept(resource)
	violation := {
		"address": resource.address,
		"path": "facts.dead_letter",
		"message": "Messages that fail are not kept in a dead-letter queue.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_kept(resource) if resource.facts.dead_letter

_fix := "Name a dead-letter queue."

_fixes := {
	"aws_sqs_queue": "Set redrive_policy with deadLetterTargetArn and maxReceiveCount.",
	"aws_lambda_function": "Add dead_letter_config { target_arn = … }.",
	"google_pubsub_subscription": "Add dead_letter_policy with dead_letter_topic and max_delivery_attempts.",
	"azurerm_servicebus_subscription": "Set dead_lettering_on_message_expiration = true.",
}
