package policies.exposure.open_admin_port_test

import data.policies.exposure.open_admin_port

test_fail_ssh_open_to_the_world if {
	open_admin_port.violations == {_violation("Remove the ingress rule for port 22 or 3389 from 0.0.0.0/0 and ::/0; Session Manager needs no open port.")} with input as _input("aws_security_group", true)
}

test_fail_with_general_advice_for_other_types if {
	open_admin_port.violations == {_violation("Close ports 22 and 3389 to the internet; use the session service of the cloud, a VPN or a bastion.")} with input as _input("some_type", true)
}

test_success_ssh_from_known_networks if {
	open_admin_port.violations == set() with input as _input("aws_security_group", false)
}

_violation(fix) := {
	"address": "aws_security_group.it",
	"path": "facts.open_admin_port",
	"message": "A firewall rule lets every address in to SSH (22) or RDP (3389).",
	"expected": false,
	"actual": true,
	"fix": fix,
}

_input(type, value) := {"resources": [{"address": "aws_security_group.it", "type": type, "facts": {"open_admin_port": value}}]}
