# METADATA
# title: Nobody is given everything
# description: |-
#   Whoever takes over an identity with administrator rights owns the whole account, its logs and its backups
#   included.
# custom:
#   id: PC-IAM-003
#   severity: critical
#   kinds: ["*"]
#   requires: [facts.admin_access]
#   reads: [facts.admin_access]
#   remedy: Grant the permissions that the task needs; keep administrator rights for break-glass identities, under an exemption.
#   controls:
#     - {framework: NIST 800-53 r5, control: AC-6}
#     - {framework: CIS AWS Foundations 3.0.0, control: "1.16"}
package policies.identity.admin_access

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _limited(resource)
	violation := {
		"address": resource.address,
		"path": "facts.admin_access",
		"message": "It grants administrator rights.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_limited(resource) if resource.facts.admin_access == false

_fix := "Grant the permissions that the task needs in place of administrator rights."

_fixes := {
	"google_organization_iam_member": "Replace roles/owner or roles/editor by the predefined roles that the task needs.",
	"google_folder_iam_member": "Replace roles/owner or roles/editor by the predefined roles that the task needs.",
	"google_organization_iam_policy": "Replace roles/owner and roles/editor by the predefined roles that the task needs.",
	"google_folder_iam_policy": "Replace roles/owner and roles/editor by the predefined roles that the task needs.",
	"google_project_iam_policy": "Replace roles/owner and roles/editor by the predefined roles that the task needs.",
	"aws_iam_group_policy": "Name actions and resources in place of * on *.",
	"aws_iam_user_policy": "Name actions and resources in place of * on *.",
	"aws_iam_role_policy": "Name actions and resources in place of * on *.",
	"aws_iam_policy": "Name actions and resources in place of * on *.",
	"google_project_iam_member": "Replace roles/owner or roles/editor by the predefined roles that the task needs.",
	"google_project_iam_binding": "Replace roles/owner or roles/editor by the predefined roles that the task needs.",
	"azurerm_role_assignment": "Replace Owner by a role that fits the task, at the smallest scope.",
	"aws_iam_role_policy_attachment": "Attach a policy with the permissions that the task needs in place of AdministratorAccess.",
}
