# METADATA
# title: ConfigMaps hold no secrets
# description: |-
#   Everybody who may look at a namespace reads its ConfigMaps, and they stand in every backup and every diff. Only what
#   is a secret by its own form is found; the value is never shown.
# custom:
#   id: PC-K8S-070
#   severity: critical
#   kinds: [kubernetes.configmap]
#   reads: [config.data]
#   perPath: true
#   remedy: Move it to a Secret, or better to a secret store; then change it, for it has been written down.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-5(7)}
package policies.kubernetes.configmap_secrets

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some key, value in resource.config.data
	some pattern in _patterns
	regex.match(pattern, value)
	violation := {
		"address": resource.address,
		"path": _path(key),
		"message": "A ConfigMap holds what looks like a secret in clear text.",
		"expected": "no secret",
		"actual": "what looks like a secret",
		"fix": "Move it to a Secret; then change it, for it has been written down.",
	}
}

_path(key) := concat(".", ["config.data", key]) if not regex.match(`[.\[\]"]`, key)

_path(key) := sprintf("config.data[%s]", [json.marshal(key)]) if regex.match(`[.\[\]"]`, key)

# Forms that are secrets by themselves: keys, and tokens of AWS, GitHub, GitLab, Google and Slack.
_patterns := {
	`-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----`,
	`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
	`\bgh[pousr]_[A-Za-z0-9]{36}\b`,
	`\bglpat-[A-Za-z0-9_-]{20}`,
	`\bAIza[A-Za-z0-9_-]{35}\b`,
	`\bxox[abprs]-[A-Za-z0-9-]{10}`,
}
