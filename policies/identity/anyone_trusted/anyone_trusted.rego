# METADATA
# title: Only known principals are trusted
# description: |-
#   A trust or resource policy with the principal * and no condition lets every account in the world in.
# custom:
#   id: PC-IAM-004
#   severity: critical
#   kinds: ["*"]
#   requires: [facts.anyone_trusted]
#   reads: [facts.anyone_trusted]
#   remedy: Name the principals, or limit them by a condition on the organisation, the account or the source.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-3}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.identity.anyone_trusted

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _known(resource)
	violation := {
		"address": resource.address,
		"path": "facts.anyone_trusted",
		"message": "Anyone may use or assume it: no condition limits the principal.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_known(resource) if resource.facts.anyone_trusted == false

_fix := "Name the principals that may use it, or add a condition that limits them to your organisation."

_fixes := {
	"aws_s3_bucket": "Name the principals in the policy of the bucket in place of *, or limit them by aws:PrincipalOrgID.",
	"aws_kms_key": "Name the principals in the policy in place of *.",
	"aws_sns_topic": "Name the principals in the policy in place of *, or limit them by aws:SourceArn.",
	"aws_sqs_queue": "Name the principals in the policy in place of *, or limit them by aws:SourceArn.",
	"aws_opensearch_domain": "Name the principals in access_policies in place of *.",
	"aws_elasticsearch_domain": "Name the principals in access_policies in place of *.",
	"aws_iam_role": "Name accounts, roles or services under Principal in assume_role_policy in place of *.",
	"google_storage_bucket_iam_member": "Replace allUsers or allAuthenticatedUsers by the members that need access.",
	"google_storage_bucket_iam_binding": "Replace allUsers or allAuthenticatedUsers by the members that need access.",
	"google_project_iam_member": "Replace allUsers or allAuthenticatedUsers by the members that need access.",
}
