package policies.exposure.open_egress_test

import data.policies.exposure.open_egress

test_fail_everything_may_go_out if {
	open_egress.violations == {_violation(`Replace the egress rule with protocol "-1" and 0.0.0.0/0 by the ports that are needed, TCP 443 to begin with.`)} with input as _input("aws_security_group", true)
}

test_fail_with_general_advice_for_other_types if {
	open_egress.violations == {_violation("Allow the ports and networks that are needed, TCP 443 to begin with.")} with input as _input("some_type", true)
}

test_success_only_what_is_needed_may_go_out if {
	open_egress.violations == set() with input as _input("aws_security_group", false)
}

_violation(fix) := {
	"address": "aws_security_group.it",
	"path": "facts.open_egress",
	"message": "A firewall rule lets every port out to every address.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_security_group.it", "type": type, "facts": {"open_egress": value}}]}
