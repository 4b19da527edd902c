package policies.compute.supported_version_test

import data.policies.compute.supported_version

test_fail_retired if {
	supported_version.violations == {{
		"address": "it",
		"path": "facts.engine_version",
		"message": "Version 11.22 has had no support since 2023-11-09.",
		"expected": "a supported version",
		"actual": "11.22",
		"fix": "Upgrade to a supported version, in a copy first.",
	}} with input as _input("aws.rds.instance", "postgres", "11.22")
}

test_fail_of_a_kind_with_one_engine if {
	violations := supported_version.violations with input as _input("aws.lambda.function", null, "python3.8")
	{violation.path | some violation in violations} == {"facts.engine_version"}
}

test_success_before_its_day if {
	supported_version.violations == set() with input as _input("aws.rds.instance", "postgres", "11.22")
		with input.now as "2023-11-08T23:59:59Z"
}

test_success_other_engine if {
	supported_version.violations == set() with input as _input("aws.rds.instance", "mariadb", "11.4")
}

test_success_later_version if {
	supported_version.violations == set() with input as _input("aws.rds.instance", "postgres", "17.2")
}

_input(kind, engine, version) := {
	"resources": [{"address": "it", "kind": kind, "facts": {"engine_version": version}, "config": {"engine": engine}}],
	"parameters": {"retired": [
		{"kinds": ["aws.rds.*"], "engine": "postgres", "versions": ["9*", "11*"], "since": "2023-11-09"},
		{"kinds": ["aws.lambda.*"], "versions": ["python3.8"], "since": "2024-10-14"},
	]},
	"now": "2026-01-31T08:00:00Z",
}
