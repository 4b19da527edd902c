# METADATA
# title: The metadata service demands session tokens
# description: |-
#   Version 1 of the instance metadata service hands the credentials of the machine to any request it can be tricked
#   into making (server-side request forgery).
# custom:
#   id: PC-CMP-001
#   severity: high
#   kinds: ["*"]
#   requires: [facts.metadata_v2]
#   reads: [facts.metadata_v2]
#   remedy: Demand session tokens (IMDSv2); old SDKs may need an update first.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-3}
#     - {framework: CIS AWS Foundations 3.0.0, control: "5.6"}
package policies.compute.metadata_v2

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _tokens_demanded(resource)
	violation := {
		"address": resource.address,
		"path": "facts.metadata_v2",
		"message": "The metadata service answers without a session token.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_tokens_demanded(resource) if resource.facts.metadata_v2

_fix := "Demand session tokens from the metadata service (IMDSv2)."

_fixes := {
	"aws_instance": `Add metadata_options { http_tokens = "required" }.`,
	"aws_launch_template": `Add metadata_options { http_tokens = "required" }.`,
	"aws_launch_configuration": `Add metadata_options { http_tokens = "required" }.`,
}
