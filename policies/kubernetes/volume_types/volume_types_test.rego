package policies.kubernetes.volume_types_test

import data.policies.kubernetes.volume_types

test_fail_a_file_share if {
	volume_types.violations == {_violation("web", "config.spec.volumes[0]", "nfs")} with input as _input(_pod({"volumes": [{"name": "data", "nfs": {"server": "files", "path": "/"}}]}))
}

test_fail_a_disk_in_terraform if {
	volume_types.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].volume[1]", "awsElasticBlockStore")} with input as _input(_planned({"volume": [{"name": "tmp", "empty_dir": [{}], "nfs": []}, {"aws_elastic_block_store": [{"volume_id": "v"}]}]}))
}

test_success_scratch_space if {
	volume_types.violations == set() with input as _input(_pod({"volumes": [{"name": "tmp", "emptyDir": {}, "nfs": null}]}))
}

_violation(address, path, type) := {
	"address": address,
	"path": path,
	"message": sprintf("A volume is of the type %s.", [type]),
	"expected": ["emptyDir"],
	"actual": type,
	"fix": "Use a persistentVolumeClaim in its place.",
}

_input(resource) := {"resources": [resource], "parameters": {"allowed": ["emptyDir"]}}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
