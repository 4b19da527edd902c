package policies.kubernetes.external_addresses_test

import data.policies.kubernetes.external_addresses

test_fail_claimed if {
	external_addresses.violations == {_violation("config.spec.externalIPs")} with input as _input({"spec": {"externalIPs": ["203.0.113.7", "198.51.100.1"]}})
}

test_fail_claimed_in_terraform if {
	external_addresses.violations == {_violation("config.spec[0].external_ips")} with input as _input({"spec": [{"external_ips": ["203.0.113.7"]}]})
}

test_success_none if {
	external_addresses.violations == set() with input as _input({"spec": {"externalIPs": ["198.51.100.1"]}})
	external_addresses.violations == set() with input as _input({"spec": [{"external_ips": null}]})
}

_violation(path) := {
	"address": "web",
	"path": path,
	"message": "The service claims addresses of its own choice.",
	"expected": ["198.51.100.1"],
	"actual": ["203.0.113.7"],
	"fix": "Remove the addresses; a load balancer or an ingress is given one.",
}

_input(config) := {"resources": [{"address": "web", "config": config}], "parameters": {"allowed": ["198.51.100.1"]}}
