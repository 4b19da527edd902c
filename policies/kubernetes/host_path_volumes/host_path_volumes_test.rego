package policies.kubernetes.host_path_volumes_test

import data.policies.kubernetes.host_path_volumes

test_fail_a_folder if {
	host_path_volumes.violations == {_violation("config.spec.hostPath")} with input.resources as [{"address": "data", "config": {"spec": {"hostPath": {"path": "/"}}}}]
}

test_fail_a_folder_in_terraform if {
	host_path_volumes.violations == {_violation("config.spec[0].persistent_volume_source[0].host_path[0]")} with input.resources as [{"address": "data", "config": {"spec": [{"persistent_volume_source": [{"host_path": [{"path": "/"}]}]}]}}]
}

test_success_a_disk if {
	host_path_volumes.violations == set() with input.resources as [{"address": "data", "config": {"spec": {"csi": {"driver": "ebs.csi.aws.com"}}}}]
}

_violation(path) := {
	"address": "data",
	"path": path,
	"message": "The volume is a folder of a node.",
	"expected": "a disk or a file share",
	"actual": "hostPath",
	"fix": "Use a storage class in its place.",
}
