package policies.kubernetes.public_service_test

import data.policies.kubernetes.public_service

test_fail_open if {
	public_service.violations == {{
		"address": "web",
		"path": "facts.public",
		"message": "The service can be reached from outside the cluster.",
		"expected": false,
		"actual": true,
		"fix": "Use type ClusterIP behind an ingress, or limit loadBalancerSourceRanges, or make the load balancer an internal one by the annotation of your cloud.",
	}} with input.resources as [{"address": "web", "facts": {"public": true}}]
}

test_success_private if {
	public_service.violations == set() with input.resources as [{"address": "web", "facts": {"public": false}}]
}
