package lib.kubernetes_test

import data.lib.kubernetes

_pod := {
	"kind": "kubernetes.pod",
	"type": "v1/Pod",
	"config": {"spec": {
		"securityContext": {"runAsNonRoot": true, "runAsUser": null},
		"initContainers": [{"name": "setup"}],
		"containers": [{"name": "web", "securityContext": {"runAsNonRoot": false}}, {"name": "proxy"}],
		"ephemeralContainers": [{"name": "shell"}],
	}},
}

_workload(kind, type, spec) := {"kind": kind, "type": type, "config": {"spec": spec}}

test_success_finds_every_container_of_a_pod_with_its_path if {
	found := kubernetes.containers(_pod)
	[[entry.container.name, entry.field, entry.path] | some entry in found] == [
		["setup", "initContainers", "config.spec.initContainers[0]"],
		["web", "containers", "config.spec.containers[0]"],
		["proxy", "containers", "config.spec.containers[1]"],
		["shell", "ephemeralContainers", "config.spec.ephemeralContainers[0]"],
	]
}

test_success_finds_the_pod_of_every_workload if {
	some case in [
		["kubernetes.deployment", "apps/v1/Deployment"],
		["kubernetes.statefulset", "apps/v1/StatefulSet"],
		["kubernetes.daemonset", "apps/v1/DaemonSet"],
		["kubernetes.replicaset", "apps/v1/ReplicaSet"],
		["kubernetes.replicationcontroller", "v1/ReplicationController"],
		["kubernetes.job", "batch/v1/Job"],
	]
	workload := _workload(case[0], case[1], {"template": {"spec": {"containers": [{"name": "web"}]}}})
	kubernetes.pod_spec(workload) == {"containers": [{"name": "web"}]}
	kubernetes.containers(workload)[0].path == "config.spec.template.spec.containers[0]"
}

test_success_finds_the_pod_of_a_cronjob if {
	pod := {"containers": [{"name": "nightly"}]}
	cronjob := _workload("kubernetes.cronjob", "batch/v1/CronJob", {"jobTemplate": {"spec": {"template": {"spec": pod}}}})
	kubernetes.pod_spec(cronjob) == pod
	kubernetes.containers(cronjob)[0].path == "config.spec.jobTemplate.spec.template.spec.containers[0]"
}

test_success_finds_no_pod_where_none_runs if {
	service := _workload("kubernetes.service", "v1/Service", {"type": "ClusterIP"})
	not kubernetes.pod_spec(service)
	kubernetes.containers(service) == []
	kubernetes.containers({"kind": "kubernetes.pod", "type": "v1/Pod", "config": {}}) == []
}

test_success_a_container_overrules_its_pod_even_with_false if {
	[setup, web, _, _] := kubernetes.containers(_pod)
	kubernetes.security(_pod, setup.container, "runAsNonRoot") == true
	kubernetes.security(_pod, web.container, "runAsNonRoot") == false
	not kubernetes.security(_pod, setup.container, "runAsUser")
}

test_success_finds_the_security_context_of_the_pod_and_of_each_container if {
	found := kubernetes.security_contexts(_pod)
	[[entry.context, entry.path] | some entry in found] == [
		[{"runAsNonRoot": true, "runAsUser": null}, "config.spec"],
		[{}, "config.spec.initContainers[0]"],
		[{"runAsNonRoot": false}, "config.spec.containers[0]"],
		[{}, "config.spec.containers[1]"],
		[{}, "config.spec.ephemeralContainers[0]"],
	]
}

test_success_reads_terraform_in_the_words_of_the_api if {
	spec := kubernetes.pod_spec(_terraform)
	spec.hostNetwork == true
	not spec.hostPID
	spec.securityContext == {"runAsUser": 1000}
	spec.volumes == [{"name": "host", "hostPath": {"path": "/"}}, {"name": "scratch", "emptyDir": {}}]
	[setup, web] := kubernetes.containers(_terraform)
	setup.path == "config.spec[0].template[0].spec[0].init_container[0]"
	web.path == "config.spec[0].template[0].spec[0].container[0]"
	web.container == {
		"name": "web",
		"image": "nginx:1.29",
		"env": [{"name": "MODE", "value": "fast"}],
		"ports": [{"containerPort": 80, "hostPort": 8080}],
		"volumeMounts": [{"name": "host", "mountPath": "/host"}],
		"securityContext": {
			"privileged": true,
			"capabilities": {"add": ["NET_ADMIN"]},
			"seccompProfile": {"type": "RuntimeDefault"},
			"runAsUser": 0,
		},
		"resources": {"limits": {"cpu": "1"}},
		"livenessProbe": {"period_seconds": 5},
	}
	kubernetes.security(_terraform, setup.container, "runAsUser") == 1000
	kubernetes.security(_terraform, web.container, "runAsUser") == 0
}

test_success_spells_paths_as_the_document_does if {
	kubernetes.path(_pod, "config.spec", "securityContext.runAsUser") == "config.spec.securityContext.runAsUser"
	kubernetes.path(_terraform, "config.spec[0]", "securityContext.runAsUser") == "config.spec[0].security_context[0].run_as_user"
	kubernetes.path(_terraform, "config.spec[0]", "unheard") == "config.spec[0].unheard"
}

test_success_finds_the_terraform_pod_at_every_depth if {
	pod := {"container": [{"name": "web"}]}
	bare := _workload("kubernetes.pod", "kubernetes_pod_v1", [pod])
	kubernetes.containers(bare)[0].path == "config.spec[0].container[0]"
	cronjob := _workload("kubernetes.cronjob", "kubernetes_cron_job_v1", [{"job_template": [{"spec": [{"template": [{"spec": [pod]}]}]}]}])
	kubernetes.containers(cronjob)[0].path == "config.spec[0].job_template[0].spec[0].template[0].spec[0].container[0]"
}

test_success_terraform_ids_as_numbers_and_lists_of_kernel_settings if {
	pod := {
		"container": null,
		"security_context": [{"fs_group": 2000, "run_as_user": "", "sysctl": [{"name": "net.core.somaxconn", "value": "1"}]}],
	}
	spec := kubernetes.pod_spec(_workload("kubernetes.pod", "kubernetes_pod", [pod]))
	spec.securityContext == {"fsGroup": 2000, "sysctls": [{"name": "net.core.somaxconn", "value": "1"}]}
	spec.containers == []
}

_terraform := _workload("kubernetes.deployment", "kubernetes_deployment_v1", [{"template": [{"spec": [{
	"host_network": true,
	"host_pid": null,
	"security_context": [{"run_as_user": "1000", "run_as_group": null}],
	"volume": [
		{"name": "host", "host_path": [{"path": "/"}], "empty_dir": []},
		{"name": "scratch", "host_path": [], "empty_dir": [{}]},
	],
	"init_container": [{"name": "setup"}],
	"container": [{
		"name": "web",
		"image": "nginx:1.29",
		"command": null,
		"env": [{"name": "MODE", "value": "fast", "value_from": []}],
		"port": [{"container_port": 80, "host_port": 8080, "name": null}],
		"volume_mount": [{"name": "host", "mount_path": "/host"}],
		"security_context": [{
			"privileged": true,
			"run_as_user": "0",
			"capabilities": [{"add": ["NET_ADMIN"], "drop": null}],
			"seccomp_profile": [{"type": "RuntimeDefault"}],
		}],
		"resources": [{"limits": {"cpu": "1"}, "requests": null}],
		"liveness_probe": [{"period_seconds": 5}],
		"readiness_probe": [],
	}],
}]}]}])
