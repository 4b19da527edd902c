# METADATA
# title: No secret stands in a tag
# description: |-
#   Tags are shown to everyone who may list resources, are copied into bills and reports, and cannot be hidden. Judged by the
#   form of the value (keys and tokens with a known beginning) and by the name of the tag.
# custom:
#   id: PC-SEC-003
#   severity: high
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: [tags]
#   perPath: true
#   parameters:
#     patterns:
#       description: Regular expressions (RE2) of values that are secrets.
#       type: array
#       minItems: 1
#       items: {type: string, minLength: 1}
#       default:
#         - '(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)'
#         - 'gh[pousr]_[A-Za-z0-9]{36}'
#         - 'github_pat_[A-Za-z0-9_]{22,}'
#         - 'glpat-[A-Za-z0-9_-]{20}'
#         - 'xox[abprs]-[A-Za-z0-9-]{10,}'
#         - 'AIza[A-Za-z0-9_-]{35}'
#         - '-----BEGIN [A-Z ]*PRIVATE KEY'
#         - '://[^/@:\s]+:[^/@\s]+@'
#     keys:
#       description: Names of tags that announce a secret, in lower case and without - _ or blanks.
#       type: array
#       items: {type: string}
#       default: [password, passwd, pwd, secret, secretkey, apikey, accesskey, privatekey, clientsecret, token, accesstoken]
#   remedy: Remove the tag, and change the secret, for it has been shown.
#   controls:
#     - {framework: NIST 800-53 r5, control: IA-5(7)}
package policies.secrets.in_tags

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some key, value in resource.tags
	_secret(key, value)

	# No `actual`: the value is the secret.
	violation := {
		"address": resource.address,
		"path": tags.path(key),
		"message": sprintf("The tag %s holds what looks like a secret.", [key]),
		"expected": "no secret",
		"fix": sprintf("Remove the tag %s, and change the secret: it has been shown.", [key]),
	}
}

_secret(_, value) if value in _leaks

_secret(key, value) if {
	trim_space(value) != ""
	replace(replace(replace(lower(key), "-", ""), "_", ""), " ", "") in input.parameters.keys
}

# Most values stand on many resources: each is looked at once, with one expression.
_leaks contains value if {
	some value in _values
	regex.match(_pattern, value)
}

_values contains value if {
	some resource in input.resources
	some _, value in resource.tags
}

_pattern := concat("|", input.parameters.patterns)
