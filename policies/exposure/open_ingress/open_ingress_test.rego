package policies.exposure.open_ingress_test

import data.policies.exposure.open_ingress

test_fail_open_to_the_world if {
	open_ingress.violations == {_violation("Replace 0.0.0.0/0 and ::/0 in cidr_blocks and ipv6_cidr_blocks of the ingress rule by the networks that need access, or name a security group.")} with input as _input("aws_security_group", true)
}

test_fail_with_general_advice_for_other_types if {
	open_ingress.violations == {_violation("Name the networks that need access in place of the whole internet, or put a load balancer, a VPN or a bastion in front.")} with input as _input("some_type", true)
}

test_success_open_to_known_networks if {
	open_ingress.violations == set() with input as _input("aws_security_group", false)
}

_violation(fix) := {
	"address": "aws_security_group.it",
	"path": "facts.open_ingress",
	"message": "A firewall rule lets every address in, to a port other than 80 and 443.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_security_group.it", "type": type, "facts": {"open_ingress": value}}]}
