package policies.kubernetes.proc_mount_test

import data.policies.kubernetes.proc_mount

test_fail_unmasked if {
	proc_mount.violations == {{
		"address": "web",
		"path": "config.spec.containers[0].securityContext.procMount",
		"message": "A container sees the whole proc file system.",
		"expected": "Default",
		"actual": "Unmasked",
		"fix": "Remove procMount.",
	}} with input.resources as [_pod({"containers": [{"securityContext": {"procMount": "Unmasked"}}]})]
}

test_success_masked if {
	proc_mount.violations == set() with input.resources as [_pod({"containers": [{}, {"securityContext": {"procMount": "Default"}}]})]
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}
