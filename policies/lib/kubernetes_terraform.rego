# METADATA
# title: Pods as Terraform writes them
# description: |
#   The Kubernetes provider of Terraform writes blocks as lists of one and keys in snake_case. These functions give the
#   part of a pod that policies look at in the words of the Kubernetes API.
package lib.kubernetes_terraform

# True for what the Kubernetes provider of Terraform plans.
describes(resource) if startswith(resource.type, "kubernetes_")

pod_path(resource) := "config.spec[0]" if resource.kind == "kubernetes.pod"

pod_path(resource) := "config.spec[0].job_template[0].spec[0].template[0].spec[0]" if {
	resource.kind == "kubernetes.cronjob"
}

pod_path(resource) := "config.spec[0].template[0].spec[0]" if {
	not resource.kind in {"kubernetes.pod", "kubernetes.cronjob"}
}

pod_spec(resource) := object.union_n([
	_renamed(spec, {
		"automount_service_account_token": "automountServiceAccountToken",
		"host_ipc": "hostIPC",
		"host_network": "hostNetwork",
		"host_pid": "hostPID",
		"node_name": "nodeName",
		"runtime_class_name": "runtimeClassName",
		"service_account_name": "serviceAccountName",
		"share_process_namespace": "shareProcessNamespace",
	}),
	{
		"containers": [_container(container) | some container in spec.container],
		"initContainers": [_container(container) | some container in spec.init_container],
		"volumes": [_volume(volume) | some volume in spec.volume],
	},
	_block("securityContext", [_security(context) | some context in spec.security_context]),
]) if {
	spec := _block_spec(resource)
}

# A path in the API's words as Terraform spells it: securityContext.privileged is security_context[0].privileged.
words(field) := concat(".", [object.get(_words, key, key) | some key in split(field, ".")])

_block_spec(resource) := resource.config.spec[0] if resource.kind == "kubernetes.pod"

_block_spec(resource) := resource.config.spec[0].job_template[0].spec[0].template[0].spec[0] if {
	resource.kind == "kubernetes.cronjob"
}

_block_spec(resource) := resource.config.spec[0].template[0].spec[0] if {
	not resource.kind in {"kubernetes.pod", "kubernetes.cronjob"}
}

_container(container) := object.union_n([
	_renamed(container, {
		"args": "args",
		"command": "command",
		"image": "image",
		"image_pull_policy": "imagePullPolicy",
		"name": "name",
	}),
	{
		"env": [_renamed(variable, {"name": "name", "value": "value"}) | some variable in container.env],
		"ports": [_port(port) | some port in container.port],
		"volumeMounts": [_mount(mount) | some mount in container.volume_mount],
	},
	_block("securityContext", [_security(context) | some context in container.security_context]),
	_block("resources", [_renamed(block, {"limits": "limits", "requests": "requests"}) |
		some block in container.resources
	]),
	_block("livenessProbe", _lists(container, "liveness_probe")),
	_block("readinessProbe", _lists(container, "readiness_probe")),
	_block("startupProbe", _lists(container, "startup_probe")),
])

_port(port) := _renamed(port, {
	"container_port": "containerPort",
	"host_ip": "hostIP",
	"host_port": "hostPort",
	"name": "name",
	"protocol": "protocol",
})

_mount(mount) := _renamed(mount, {"mount_path": "mountPath", "name": "name", "read_only": "readOnly"})

_volume(volume) := object.union(
	_renamed(volume, {"name": "name"}),
	{type: list[0] |
		some name, type in _volume_types
		list := _lists(volume, name)
		list[0] != null
	},
)

_volume_types := {
	"aws_elastic_block_store": "awsElasticBlockStore",
	"azure_disk": "azureDisk",
	"azure_file": "azureFile",
	"ceph_fs": "cephfs",
	"cinder": "cinder",
	"config_map": "configMap",
	"csi": "csi",
	"downward_api": "downwardAPI",
	"empty_dir": "emptyDir",
	"ephemeral": "ephemeral",
	"fc": "fc",
	"flex_volume": "flexVolume",
	"flocker": "flocker",
	"gce_persistent_disk": "gcePersistentDisk",
	"git_repo": "gitRepo",
	"glusterfs": "glusterfs",
	"host_path": "hostPath",
	"iscsi": "iscsi",
	"nfs": "nfs",
	"persistent_volume_claim": "persistentVolumeClaim",
	"photon_persistent_disk": "photonPersistentDisk",
	"projected": "projected",
	"quobyte": "quobyte",
	"rbd": "rbd",
	"secret": "secret",
	"vsphere_volume": "vsphereVolume",
}

_security(context) := object.union_n([
	_renamed(context, {
		"allow_privilege_escalation": "allowPrivilegeEscalation",
		"privileged": "privileged",
		"read_only_root_filesystem": "readOnlyRootFilesystem",
		"run_as_non_root": "runAsNonRoot",
	}),
	{key: number |
		some name, key in {"run_as_user": "runAsUser", "run_as_group": "runAsGroup", "fs_group": "fsGroup"}
		number := _number(context[name])
	},
	_block("capabilities", [_renamed(block, {"add": "add", "drop": "drop"}) |
		some block in context.capabilities
	]),
	_block("seccompProfile", [_renamed(block, {"type": "type", "localhost_profile": "localhostProfile"}) |
		some block in context.seccomp_profile
	]),
	_block("seLinuxOptions", [_renamed(block, {"level": "level", "role": "role", "type": "type", "user": "user"}) |
		some block in context.se_linux_options
	]),
	_block("windowsOptions", [_renamed(block, {"host_process": "hostProcess"}) |
		some block in context.windows_options
	]),
	_block("sysctls", [[_renamed(block, {"name": "name", "value": "value"}) | some block in context.sysctl] |
		count(context.sysctl) > 0
	]),
])

# The provider keeps user and group ids as text.
_number(value) := value if is_number(value)

_number(value) := to_number(value) if {
	is_string(value)
	regex.match(`^[0-9]+$`, value)
}

_renamed(block, names) := {key: block[name] |
	some name, key in names
	block[name] != null
}

_lists(block, name) := list if {
	list := block[name]
	is_array(list)
} else := []

# A block that may be left out: nothing, or the first of the list under its name.
_block(key, list) := {key: value |
	value := list[0]
	value != null
}

_words := {
	"allowPrivilegeEscalation": "allow_privilege_escalation",
	"automountServiceAccountToken": "automount_service_account_token",
	"capabilities": "capabilities[0]",
	"containers": "container",
	"hostIPC": "host_ipc",
	"hostNetwork": "host_network",
	"hostPID": "host_pid",
	"hostNetwork": "host_network",
	"hostPID": "host_pid",
	"hostPath": "host_path[0]",
	"hostPort": "host_port",
	"hostProcess": "host_process",
	"httpGet": "http_get[0]",
	"imagePullPolicy": "image_pull_policy",
	"initContainers": "init_container",
	"livenessProbe": "liveness_probe[0]",
	"ports": "port",
	"readOnlyRootFilesystem": "read_only_root_filesystem",
	"readinessProbe": "readiness_probe[0]",
	"resources": "resources[0]",
	"runAsGroup": "run_as_group",
	"runAsNonRoot": "run_as_non_root",
	"runAsUser": "run_as_user",
	"seLinuxOptions": "se_linux_options[0]",
	"seccompProfile": "seccomp_profile[0]",
	"securityContext": "security_context[0]",
	"serviceAccountName": "service_account_name",
	"shareProcessNamespace": "share_process_namespace",
	"startupProbe": "startup_probe[0]",
	"sysctls": "sysctl",
	"tcpSocket": "tcp_socket[0]",
	"volumeMounts": "volume_mount",
	"volumes": "volume",
	"windowsOptions": "windows_options[0]",
}
