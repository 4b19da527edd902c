package policies.kubernetes.sessions_test

import data.policies.kubernetes.sessions

test_fail_a_shell if {
	sessions.violations == {{
		"address": "shop/pods/web/exec",
		"path": "type",
		"message": "A session (exec) is opened.",
		"expected": "no session",
		"actual": "exec",
		"fix": "Read the logs and metrics instead; for emergencies ask for an exemption.",
	}} with input as _input("v1/PodExecOptions")
}

test_success_another_session if {
	sessions.violations == set() with input as _input("v1/PodPortForwardOptions")
}

_input(type) := {"resources": [{"address": "shop/pods/web/exec", "type": type}], "parameters": {"sessions": ["exec", "attach"]}}
