# METADATA
# description: Reading tags, and saying how a document writes them.
package lib.tags

# METADATA
# description: The path of a tag inside a resource; a key that is not plain stands quoted, as everywhere in a decision.
path(key) := concat("", ["tags.", key]) if not _quoted(key)

path(key) := concat("", ["tags[", json.marshal(key), "]"]) if _quoted(key)

_quoted("")

_quoted(key) if {
	some mark in [".", "[", "]", "\""]
	contains(key, mark)
}

# METADATA
# description: The resource carries the tag, and its value is more than blanks.
filled(resource, key) if trim_space(resource.tags[key]) != ""

# METADATA
# description: |-
#   What to write, in the words of the document that the resource came from. Joined, not formatted: missing tags are the
#   most common violation of all, and joining stays inside WebAssembly.
assignment(resource, key, value) := concat("", [before, json.marshal(key), between, json.marshal(value), after]) if {
	[before, between, after] := _spellings[_dialect(resource)]
}

_spellings := {
	"tags": ["tags = { ", " = ", " }"],
	"tag blocks": ["tag { key = ", ", value = ", ", propagate_at_launch = true }"],
	"labels": ["labels = { ", " = ", " }"],
	"metadata block": ["metadata { labels = { ", " = ", " } }"],
	"manifest": ["metadata.labels: { ", ": ", " }"],
}

_dialect(resource) := "tag blocks" if {
	resource.type == "aws_autoscaling_group"
} else := "labels" if {
	startswith(resource.type, "google_")
} else := "metadata block" if {
	startswith(resource.type, "kubernetes_")
} else := "manifest" if {
	resource.provider == "kubernetes"
} else := "tags"

# METADATA
# description: The tag has one of the values, which are given in lower case; the case of the tag does not count.
one_of(resource, key, values) if lower(trim_space(resource.tags[key])) in values
