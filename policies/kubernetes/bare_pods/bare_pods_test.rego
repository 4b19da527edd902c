package policies.kubernetes.bare_pods_test

import data.policies.kubernetes.bare_pods

test_fail_nobody if {
	bare_pods.violations == {{
		"address": "web",
		"path": "config.metadata.ownerReferences",
		"message": "Nothing starts this pod again when its node is lost.",
		"expected": "an owner",
		"actual": null,
		"fix": "Write a Deployment, a StatefulSet or a Job in place of the Pod.",
	}} with input.resources as [_pod({"containers": []})]
}

test_success_owned if {
	bare_pods.violations == set() with input.resources as [{"address": "web", "config": {"metadata": {"ownerReferences": [{"kind": "ReplicaSet"}]}}}]
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}
