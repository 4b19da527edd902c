# METADATA
# title: Pods, wherever a workload keeps them
# description: |
#   A Pod, a Deployment and a CronJob keep the same pod at different depths, and Terraform writes it in words of its
#   own. These functions show all of them in the words of the Kubernetes API, each with its path in the document.
#   They read `config.spec` alone.
package lib.kubernetes

import data.lib.kubernetes_terraform

_templated := {
	"kubernetes.deployment",
	"kubernetes.statefulset",
	"kubernetes.daemonset",
	"kubernetes.replicaset",
	"kubernetes.replicationcontroller",
	"kubernetes.job",
}

# The pod's spec in the words of the Kubernetes API; undefined for what runs no pod.
pod_spec(resource) := spec if {
	not kubernetes_terraform.describes(resource)
	spec := _native_spec(resource)
}

pod_spec(resource) := spec if {
	kubernetes_terraform.describes(resource)
	spec := kubernetes_terraform.pod_spec(resource)
}

# Where the pod's spec stands: config.spec.template.spec.
pod_path(resource) := "config.spec" if {
	not kubernetes_terraform.describes(resource)
	resource.kind == "kubernetes.pod"
}

pod_path(resource) := "config.spec.template.spec" if {
	not kubernetes_terraform.describes(resource)
	resource.kind in _templated
}

pod_path(resource) := "config.spec.jobTemplate.spec.template.spec" if {
	not kubernetes_terraform.describes(resource)
	resource.kind == "kubernetes.cronjob"
}

pod_path(resource) := path if {
	kubernetes_terraform.describes(resource)
	path := kubernetes_terraform.pod_path(resource)
}

# Every container of the pod, those that only start it and those for debugging too:
# {"container": …, "field": "initContainers", "path": "config.spec.initContainers[0]"}.
containers(resource) := [entry |
	spec := pod_spec(resource)
	some field in ["initContainers", "containers", "ephemeralContainers"]
	some index, container in spec[field]
	list := path(resource, pod_path(resource), field)
	entry := {
		"container": container,
		"field": field,
		"path": sprintf("%s[%d]", [list, index]),
	}
]

# The path of a field below another one: path(resource, entry.path, "securityContext.privileged").
path(resource, base, field) := sprintf("%s.%s", [base, field]) if not kubernetes_terraform.describes(resource)

path(resource, base, field) := sprintf("%s.%s", [base, kubernetes_terraform.words(field)]) if {
	kubernetes_terraform.describes(resource)
}

# The security context of the pod and of each container, an empty one where none is written:
# {"context": …, "path": "config.spec"}; path is that of the pod or container itself.
security_contexts(resource) := [entry |
	owner := array.concat(
		[{"container": pod_spec(resource), "path": pod_path(resource)}],
		containers(resource),
	)[_]
	entry := {"context": object.get(owner.container, "securityContext", {}), "path": owner.path}
]

# A container's own security setting, else the pod's: security(resource, entry.container, "runAsNonRoot").
# A key written with null is a key left out, as the API server has it; false is a value.
security(_, container, key) := container.securityContext[key] if _sets(container, key)

security(resource, container, key) := value if {
	not _sets(container, key)
	value := pod_spec(resource).securityContext[key]
	value != null
}

_sets(container, key) if container.securityContext[key] != null

_native_spec(resource) := resource.config.spec if resource.kind == "kubernetes.pod"

_native_spec(resource) := resource.config.spec.template.spec if resource.kind in _templated

_native_spec(resource) := resource.config.spec.jobTemplate.spec.template.spec if {
	resource.kind == "kubernetes.cronjob"
}
