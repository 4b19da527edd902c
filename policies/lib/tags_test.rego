package lib.tags_test

import data.lib.tags

test_path_of_a_plain_key if tags.path("cost-center") == "tags.cost-center"

test_path_of_a_key_with_a_dot if tags.path("cost.center") == `tags["cost.center"]`

test_path_of_a_key_with_a_quote if tags.path(`a"b`) == `tags["a\"b"]`

test_path_of_the_empty_key if tags.path("") == `tags[""]`

test_filled if tags.filled({"tags": {"owner": "ada"}}, "owner")

test_not_filled_when_blank if not tags.filled({"tags": {"owner": " "}}, "owner")

test_not_filled_when_missing if not tags.filled({"tags": {}}, "owner")

test_not_filled_without_tags if not tags.filled({}, "owner")

test_assignment_for_each_way_of_writing if {
	cases := {
		["aws", "aws_s3_bucket"]: `tags = { "owner" = "ada" }`,
		["azure", "azurerm_storage_account"]: `tags = { "owner" = "ada" }`,
		["aws", "aws_autoscaling_group"]: `tag { key = "owner", value = "ada", propagate_at_launch = true }`,
		["gcp", "google_storage_bucket"]: `labels = { "owner" = "ada" }`,
		["kubernetes", "kubernetes_deployment"]: `metadata { labels = { "owner" = "ada" } }`,
		["kubernetes", "apps/v1/Deployment"]: `metadata.labels: { "owner": "ada" }`,
	}
	every case, text in cases {
		[provider, type] := case
		tags.assignment({"provider": provider, "type": type}, "owner", "ada") == text
	}
}

test_one_of_in_any_case if tags.one_of({"tags": {"environment": " Prod "}}, "environment", ["prod"])

test_one_of_not if not tags.one_of({"tags": {"environment": "test"}}, "environment", ["prod"])
