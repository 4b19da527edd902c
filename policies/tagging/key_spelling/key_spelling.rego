# METADATA
# title: Tag keys are spelt as agreed
# description: |-
#   Owner, OWNER and onwer are three other tags than owner: reports leave them out and nobody sees why. A key counts as
#   misspelt when it differs from an agreed key by case, by - _ . : or blanks, by one letter, or by the order of letters,
#   and when it is a known alias.
# custom:
#   id: PC-TAG-003
#   severity: low
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: [tags]
#   perPath: true
#   parameters:
#     keys:
#       description: The keys in the agreed spelling.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       default: [owner, cost-center, environment, data-classification]
#     aliases:
#       description: Other words for an agreed key.
#       type: object
#       additionalProperties: {type: array, items: {type: string, minLength: 1}}
#       default: {cost-center: [cc, costcode], environment: [env, stage]}
#     ignore:
#       description: Keys that look like an agreed one and are meant.
#       type: array
#       items: {type: string}
#       default: []
#   remedy: Rename the tag to the agreed key.
#   controls:
#     - {framework: FinOps Framework, control: Allocation}
#     - {framework: FOCUS 1.0, control: Tags}
package policies.tagging.key_spelling

import data.lib.tags

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some key, value in resource.tags
	agreed := _misspelt[key]
	violation := {
		"address": resource.address,
		"path": tags.path(key),
		"message": sprintf("The tag %s should be spelt %s.", [key, agreed]),
		"expected": agreed,
		"actual": key,
		"fix": sprintf("Rename the tag %s to %s.", [key, agreed]),
	}
}

# Every key is compared once, however many resources carry it.
_misspelt[key] := min(candidates) if {
	some key in _other_keys
	candidates := {agreed | some agreed in input.parameters.keys; _means(key, agreed)}
	count(candidates) > 0
}

_other_keys contains key if {
	some resource in input.resources
	some key, _ in resource.tags
	not key in input.parameters.keys
	not key in input.parameters.ignore
}

_means(key, agreed) if _plain(key) == _plain(agreed)

_means(key, agreed) if {
	some alias in input.parameters.aliases[agreed]
	_plain(key) == _plain(alias)
}

# Short words are near to many others: team and item are not misspellings of each other.
_means(key, agreed) if {
	count(_plain(agreed)) > 4
	_near(_plain(key), _plain(agreed))
}

_plain(key) := replace(replace(replace(replace(replace(lower(key), "-", ""), "_", ""), ".", ""), ":", ""), " ", "")

# One letter more, one less, one other, or the same letters in another order.
_near(a, b) if {
	count(a) == count(b) + 1
	some i in numbers.range(0, count(a) - 1)
	_without(a, i) == b
}

_near(a, b) if {
	count(b) == count(a) + 1
	some i in numbers.range(0, count(b) - 1)
	_without(b, i) == a
}

_near(a, b) if {
	count(a) == count(b)
	some i in numbers.range(0, count(a) - 1)
	_without(a, i) == _without(b, i)
}

_near(a, b) if sort(split(a, "")) == sort(split(b, ""))

_without(text, i) := concat("", [substring(text, 0, i), substring(text, i + 1, -1)])
