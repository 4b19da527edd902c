# METADATA
# title: Roles cannot make themselves stronger
# description: |-
#   escalate and bind pass by the check that nobody grants more than they have, impersonate makes one anybody else, a
#   token for a service account is that account, and a session in a pod is whatever the pod is.
# custom:
#   id: PC-K8S-051
#   severity: high
#   kinds: [kubernetes.role, kubernetes.clusterrole]
#   reads: [config.rules, config.rule]
#   perPath: true
#   remedy: Remove the verb or sub-resource; the few controllers that need it get an exemption.
#   controls:
#     - {framework: CIS Kubernetes 1.8.0, control: "5.1.8"}
#     - {framework: NIST 800-53 r5, control: AC-6}
package policies.kubernetes.escalation

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some list in ["rules", "rule"]
	some index, rule in resource.config[list]
	some way in _ways
	way.resource in rule.resources
	some verb in rule.verbs
	verb in way.verbs
	violation := {
		"address": resource.address,
		"path": sprintf("config.%s[%d].verbs", [list, index]),
		"message": sprintf("The role may %s %s.", [verb, way.resource]),
		"expected": "no way to more permissions",
		"actual": verb,
		"fix": sprintf("Remove %s, or the resource %s, from the rule.", [verb, way.resource]),
	}
}

_ways := [
	{"resource": "roles", "verbs": {"escalate", "bind"}},
	{"resource": "clusterroles", "verbs": {"escalate", "bind"}},
	{"resource": "users", "verbs": {"impersonate"}},
	{"resource": "groups", "verbs": {"impersonate"}},
	{"resource": "serviceaccounts", "verbs": {"impersonate"}},
	{"resource": "serviceaccounts/token", "verbs": {"create", "*"}},
	{"resource": "pods/exec", "verbs": {"create", "get", "*"}},
	{"resource": "pods/attach", "verbs": {"create", "get", "*"}},
	{"resource": "nodes/proxy", "verbs": {"create", "get", "*"}},
	{"resource": "certificatesigningrequests/approval", "verbs": {"update", "patch", "*"}},
]
