# METADATA
# title: Old TLS versions are refused
# description: TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996); attacks on them are public, and every client of today knows 1.2.
# custom:
#   id: PC-ENC-004
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.tls_version]
#   reads: [facts.tls_version]
#   parameters:
#     minimum:
#       description: The lowest TLS version that may be accepted.
#       type: string
#       enum: ["1.0", "1.1", "1.2", "1.3"]
#       default: "1.2"
#   remedy: Raise the lowest TLS version that is accepted.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-8(1)}
#     - {framework: CIS Microsoft Azure Foundations 2.0.0, control: "3.15"}
package policies.encryption.tls_version

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _modern(resource)
	violation := {
		"address": resource.address,
		"path": "facts.tls_version",
		"message": sprintf("It accepts TLS %s.", [resource.facts.tls_version]),
		"expected": sprintf("%s or later", [input.parameters.minimum]),
		"actual": resource.facts.tls_version,
		"fix": object.get(_fixes, resource.type, sprintf("Accept TLS %s or later only.", [input.parameters.minimum])),
	}
}

# A version that is not a number is none that we know, and none that we accept.
_modern(resource) if to_number(resource.facts.tls_version) >= to_number(input.parameters.minimum)

_fixes := {
	"aws_lb_listener": `Set ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06".`,
	"aws_cloudfront_distribution": `Set minimum_protocol_version = "TLSv1.2_2021" in viewer_certificate.`,
	"aws_api_gateway_domain_name": `Set security_policy = "TLS_1_2".`,
	"aws_opensearch_domain": `Set tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10" in domain_endpoint_options.`,
	"azurerm_storage_account": `Set min_tls_version = "TLS1_2".`,
	"azurerm_mssql_server": `Set minimum_tls_version = "1.2".`,
	"azurerm_redis_cache": `Set minimum_tls_version = "1.2".`,
	"azurerm_linux_web_app": `Set minimum_tls_version = "1.2" in site_config.`,
	"azurerm_windows_web_app": `Set minimum_tls_version = "1.2" in site_config.`,
	"google_compute_ssl_policy": `Set min_tls_version = "TLS_1_2".`,
}
