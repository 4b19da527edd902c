package policies.kubernetes.host_path_test

import data.policies.kubernetes.host_path

test_fail_a_folder_of_the_node if {
	host_path.violations == {_violation("web", "config.spec.volumes[1].hostPath")} with input.resources as [_pod({"volumes": [{"name": "tmp"}, {"hostPath": {"path": "/"}}]})]
}

test_fail_a_folder_of_the_node_in_terraform if {
	host_path.violations == {_violation("kubernetes_pod_v1.web", "config.spec[0].volume[0].host_path[0]")} with input.resources as [_planned({"volume": [{"host_path": [{"path": "/var/log"}]}]})]
}

test_success_other_volumes if {
	host_path.violations == set() with input.resources as [_pod({"volumes": [{"emptyDir": {}}]}), _planned({"volume": [{"host_path": []}]})]
}

_violation(address, path) := {
	"address": address,
	"path": path,
	"message": "A volume is a folder of the node.",
	"expected": "a claim, a config map, a secret or an emptyDir",
	"actual": "hostPath",
	"fix": "Replace the hostPath volume; for data that lives on use a persistentVolumeClaim, for scratch space an emptyDir.",
}

_pod(spec) := {"address": "web", "kind": "kubernetes.pod", "type": "v1/Pod", "config": {"spec": spec}}

_planned(spec) := {"address": "kubernetes_pod_v1.web", "kind": "kubernetes.pod", "type": "kubernetes_pod_v1", "config": {"spec": [spec]}}
