package policies.kubernetes.configmap_secrets_test

import data.policies.kubernetes.configmap_secrets

test_fail_a_private_key if {
	configmap_secrets.violations == {_violation(`config.data["tls.key"]`)} with input.resources as [_map({"tls.key": concat(" ", ["-----BEGIN RSA PRIVATE", "KEY-----"])})]
}

test_fail_a_token_within_a_text if {
	configmap_secrets.violations == {_violation("config.data.settings")} with input.resources as [_map({"settings": sprintf("token: %s%s", ["AKIA", "ABCDEFGHIJKLMNOP"])})]
}

test_success_settings if {
	configmap_secrets.violations == set() with input.resources as [_map({"mode": "fast", "certificate": "-----BEGIN CERTIFICATE-----"}), {"address": "empty", "config": {}}]
}

_map(entries) := {"address": "web", "config": {"data": entries}}

_violation(path) := {
	"address": "web",
	"path": path,
	"message": "A ConfigMap holds what looks like a secret in clear text.",
	"expected": "no secret",
	"actual": "what looks like a secret",
	"fix": "Move it to a Secret; then change it, for it has been written down.",
}
