# METADATA
# title: No credentials without an end
# description: |-
#   Access keys and service account keys are copied into pipelines and laptops, are found in repositories, and work
#   until somebody remembers them. Their secret also lies in the state file.
# custom:
#   id: PC-IAM-005
#   severity: high
#   kinds: ["*"]
#   requires: [facts.long_lived_key]
#   reads: [facts.long_lived_key]
#   remedy: Replace the key by short-lived credentials of the platform.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-5}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "1.4"}
package policies.identity.long_lived_key

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _short_lived(resource)
	violation := {
		"address": resource.address,
		"path": "facts.long_lived_key",
		"message": "It is a credential that never ends.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_short_lived(resource) if resource.facts.long_lived_key == false

_fix := "Use a role, workload identity federation or a managed identity in place of a key."

_fixes := {
	"azuread_application_password": "Use a federated identity credential or a managed identity in place of a client secret.",
	"aws_iam_user": "Replace the user by a role that people and workloads assume.",
	"aws_iam_access_key": "Remove the key; let the workload assume a role (OIDC for pipelines, instance profiles for machines).",
	"google_service_account_key": "Remove the key; use workload identity federation or attach the service account to the workload.",
}
