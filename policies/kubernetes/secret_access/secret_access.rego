# METADATA
# title: Roles do not read every Secret
# description: |-
#   Who may get, list or watch all Secrets of a namespace, or of the cluster, holds every password and every token
#   there. list and watch return their contents too.
# custom:
#   id: PC-K8S-050
#   severity: high
#   kinds: [kubernetes.role, kubernetes.clusterrole]
#   reads: [config.rules, config.rule]
#   perPath: true
#   remedy: Name the Secrets in resourceNames with the verb get, or mount them into the pods that need them.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.1.2"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.secret_access

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some list in ["rules", "rule"]
	some index, rule in resource.config[list]
	_secrets(rule)
	not _named(rule)
	read := {verb | some verb in rule.verbs} & {"get", "list", "watch"}
	count(read) > 0
	violation := {
		"address": resource.address,
		"path": sprintf("config.%s[%d].resources", [list, index]),
		"message": "The role reads every Secret there is.",
		"expected": "Secrets by their names",
		"actual": sort(read),
		"fix": "Name the Secrets in resourceNames and leave the verb get alone.",
	}
}

# Wildcards have policies of their own.
_secrets(rule) if {
	some field in ["apiGroups", "api_groups"]
	some group in rule[field]
	group in {"", "*"}
	"secrets" in rule.resources
}

_named(rule) if {
	some field in ["resourceNames", "resource_names"]
	count(rule[field]) > 0
}
