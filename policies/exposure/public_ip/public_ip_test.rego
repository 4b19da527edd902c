package policies.exposure.public_ip_test

import data.policies.exposure.public_ip

test_fail_a_public_address if {
	public_ip.violations == {_violation("Set associate_public_ip_address = false and use a private subnet.")} with input as _input("aws_instance", true)
}

test_fail_with_general_advice_for_other_types if {
	public_ip.violations == {_violation("Keep the machine in a private network; serve it through a load balancer, and let it out through a NAT gateway.")} with input as _input("some_type", true)
}

test_success_a_private_address if {
	public_ip.violations == set() with input as _input("aws_instance", false)
}

_violation(fix) := {
	"address": "aws_instance.it",
	"path": "facts.public_ip",
	"message": "It is given a public address.",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_instance.it", "type": type, "facts": {"public_ip": value}}]}
