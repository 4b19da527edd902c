package policies.compute.auto_upgrade_test

import data.policies.compute.auto_upgrade

test_fail_upgrades_by_hand if {
	auto_upgrade.violations == {_violation("Set auto_minor_version_upgrade = true.")} with input as _input("aws_db_instance", false)
}

test_fail_with_general_advice_for_other_types if {
	auto_upgrade.violations == {_violation("Switch automatic minor version upgrades on.")} with input as _input("some_type", false)
}

test_success_automatic_upgrades if {
	auto_upgrade.violations == set() with input as _input("aws_db_instance", true)
}

_violation(fix) := {
	"address": "aws_db_instance.it",
	"path": "facts.auto_upgrade",
	"message": "Minor and security upgrades are not installed automatically.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_db_instance.it", "type": type, "facts": {"auto_upgrade": value}}]}
