package policies.exposure.waf_test

import data.policies.exposure.waf

test_fail_public_without if {
	waf.violations == {_violation("Set web_acl_id.")} with input as _input("aws_cloudfront_distribution", {"waf": false, "public": true})
}

test_fail_when_nothing_says_that_it_is_private if {
	waf.violations == {_violation("Attach a web application firewall.")} with input as _input("some_type", {"waf": false})
}

test_success_guarded if {
	waf.violations == set() with input as _input("aws_lb", {"waf": true, "public": true})
}

test_success_private if {
	waf.violations == set() with input as _input("aws_lb", {"waf": false, "public": false})
}

_violation(fix) := {
	"address": "door",
	"path": "facts.waf",
	"message": "No web application firewall stands in front of it.",
	"expected": true,
	"actual": false,
	"fix": fix,
}

_input(type, facts) := {"resources": [{"address": "door", "type": type, "facts": facts}]}
