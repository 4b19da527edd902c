# METADATA
# title: Permissions are bound to somebody in particular
# description: |-
#   A binding to the default account of a namespace is one to every pod there; a binding to system:authenticated or
#   system:serviceaccounts is one to everybody who has any credentials; system:masters passes by every check.
# custom:
#   id: PC-K8S-052
#   severity: high
#   kinds: [kubernetes.rolebinding, kubernetes.clusterrolebinding]
#   reads: [config.subjects, config.subject]
#   perPath: true
#   remedy: Bind the role to the account or the group that needs it.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.1.5"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.broad_subjects

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some list in ["subjects", "subject"]
	some index, subject in resource.config[list]
	_broad(subject)
	violation := {
		"address": resource.address,
		"path": sprintf("config.%s[%d].name", [list, index]),
		"message": "The binding is for nobody in particular.",
		"expected": "an account or a group of its own",
		"actual": subject.name,
		"fix": "Bind the role to the account or the group that needs it.",
	}
}

_broad(subject) if {
	subject.kind == "ServiceAccount"
	subject.name == "default"
}

_broad(subject) if {
	subject.kind == "Group"
	subject.name in {"system:authenticated", "system:serviceaccounts", "system:masters"}
}

_broad(subject) if {
	subject.kind == "Group"
	startswith(subject.name, "system:serviceaccounts:")
}
