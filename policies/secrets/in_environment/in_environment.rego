# METADATA
# title: No secret stands in an environment variable
# description: |-
#   Environment variables are shown in consoles, logs, crash reports and state files; whoever may look at the
#   workload may read them.
# custom:
#   id: PC-SEC-001
#   severity: critical
#   kinds: ["*"]
#   requires: [facts.secret_in_environment]
#   reads: [facts.secret_in_environment]
#   remedy: Move the secret to a secret store, refer to it, and change it.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-5(7)}
#     - {framework: NIST 800-53 r5, control: SC-28}
package policies.secrets.in_environment

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _clean(resource)
	violation := {
		"address": resource.address,
		"path": "facts.secret_in_environment",
		"message": "An environment variable holds what looks like a secret in clear text.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_clean(resource) if resource.facts.secret_in_environment == false

_fix := "Keep the secret in a secret store and hand the workload a reference to it; then change the secret, for it has been written down."

_fixes := {
	"aws_ecs_task_definition": "Use secrets with valueFrom in place of environment, and change the secret: it has been written down.",
	"aws_lambda_function": "Keep the secret in Secrets Manager or Parameter Store and read it at run time; then change it, for it has been written down.",
	"google_cloud_run_v2_service": "Use value_source with secret_key_ref in place of value, and change the secret: it has been written down.",
}
