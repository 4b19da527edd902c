package policies.kubernetes.ingress_hosts_test

import data.policies.kubernetes.ingress_hosts

test_fail_no_certificate if {
	ingress_hosts.violations == {{
		"address": "web",
		"path": "config.spec.rules[1].host",
		"message": "A host of the ingress has no certificate.",
		"expected": "a host that stands under tls",
		"actual": "a.b.example.com",
		"fix": "List the host under tls, with the secret that holds its certificate.",
	}} with input.resources as [_native([{"host": "www.example.com"}, {"host": "a.b.example.com"}])]
}

test_fail_every_host if {
	violations := ingress_hosts.violations with input.resources as [_native([{}, {"host": "*"}, {"host": ""}])]
	{[violation.path, violation.message] | some violation in violations} == {
		["config.spec.rules[0].host", "A rule of the ingress catches every host."],
		["config.spec.rules[1].host", "A rule of the ingress catches every host."],
		["config.spec.rules[2].host", "A rule of the ingress catches every host."],
	}
}

test_fail_no_certificate_in_terraform if {
	violations := ingress_hosts.violations with input.resources as [{"address": "web", "config": {"spec": [{"rule": [{"host": "a.example.org"}], "tls": []}]}}]
	{violation.path | some violation in violations} == {"config.spec[0].rule[0].host"}
}

test_success_a_certificate_for_each if {
	ingress_hosts.violations == set() with input.resources as [_native([{"host": "www.example.com"}, {"host": "shop.example.org"}])]
}

_native(rules) := {"address": "web", "config": {"spec": {"tls": [{"hosts": ["*.example.com"]}, {"hosts": ["shop.example.org"]}], "rules": rules}}}
