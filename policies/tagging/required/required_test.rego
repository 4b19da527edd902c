package policies.tagging.required_test

import data.policies.tagging.required

test_fail_missing if {
	required.violations == {_violation({"message": "The tag owner is missing.", "actual": null})} with input as _input({})
}

test_fail_blank if {
	required.violations == {_violation({"message": "The tag owner is empty.", "actual": " "})} with input as _input({"owner": " "})
}

test_fail_without_any_tags_at_all if {
	resource := {"address": "aws_s3_bucket.logs", "type": "aws_s3_bucket", "provider": "aws"}
	violations := required.violations with input as {"resources": [resource], "parameters": {"keys": ["owner"]}}
	violations == {_violation({"message": "The tag owner is missing.", "actual": null})}
}

test_fail_each_missing_key_by_itself if {
	violations := required.violations with input as _input({"owner": "ada"})
		with input.parameters.keys as ["owner", "cost-center", "data.class"]
	{violation.path | some violation in violations} == {"tags.cost-center", `tags["data.class"]`}
}

test_success_filled if {
	required.violations == set() with input as _input({"owner": "ada"})
}

_violation(rest) := object.union(
	{
		"address": "aws_s3_bucket.logs",
		"path": "tags.owner",
		"expected": "a value",
		"fix": `Add tags = { "owner" = "…" }.`,
	},
	rest,
)

_input(tags) := {
	"resources": [{"address": "aws_s3_bucket.logs", "type": "aws_s3_bucket", "provider": "aws", "tags": tags}],
	"parameters": {"keys": ["owner"]},
}
