# METADATA
# title: A web application firewall stands before public web doors
# description: |-
#   Public load balancers, gateways and content networks are probed for known holes all day. A firewall that knows web
#   requests stops the common ones and buys time to patch the others. What is reached from private networks only is left out.
# custom:
#   id: PC-NET-007
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.waf]
#   reads: [facts.waf, facts.public]
#   remedy: Attach a web application firewall.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.exposure.waf

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _guarded(resource)
	violation := {
		"address": resource.address,
		"path": "facts.waf",
		"message": "No web application firewall stands in front of it.",
		"expected": true,
		"actual": false,
		"fix": object.get(_fixes, resource.type, "Attach a web application firewall."),
	}
}

_guarded(resource) if resource.facts.waf

_guarded(resource) if resource.facts.public == false

_fixes := {
	"aws_lb": "Add an aws_wafv2_web_acl_association for this load balancer.",
	"aws_cloudfront_distribution": "Set web_acl_id.",
	"aws_api_gateway_stage": "Add an aws_wafv2_web_acl_association for this stage.",
	"azurerm_application_gateway": "Set firewall_policy_id and a WAF_v2 SKU.",
	"google_compute_backend_service": "Set security_policy.",
}
