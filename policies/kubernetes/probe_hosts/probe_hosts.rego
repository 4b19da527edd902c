# METADATA
# title: Probes ask the pod itself
# description: |-
#   A probe or lifecycle hook with a host of its own makes the kubelet call any address it can reach, from the node,
#   past network policies.
# custom:
#   id: PC-K8S-012
#   severity: medium
#   kinds:
#     - kubernetes.pod
#     - kubernetes.deployment
#     - kubernetes.statefulset
#     - kubernetes.daemonset
#     - kubernetes.replicaset
#     - kubernetes.replicationcontroller
#     - kubernetes.job
#     - kubernetes.cronjob
#   reads:
#     - config.spec.containers[*].livenessProbe
#     - config.spec.containers[*].readinessProbe
#     - config.spec.containers[*].startupProbe
#     - config.spec.containers[*].lifecycle
#     - config.spec.initContainers[*].livenessProbe
#     - config.spec.initContainers[*].readinessProbe
#     - config.spec.initContainers[*].startupProbe
#     - config.spec.initContainers[*].lifecycle
#     - config.spec.ephemeralContainers[*].livenessProbe
#     - config.spec.ephemeralContainers[*].readinessProbe
#     - config.spec.ephemeralContainers[*].startupProbe
#     - config.spec.ephemeralContainers[*].lifecycle
#     - config.spec.template.spec.containers[*].livenessProbe
#     - config.spec.template.spec.containers[*].readinessProbe
#     - config.spec.template.spec.containers[*].startupProbe
#     - config.spec.template.spec.containers[*].lifecycle
#     - config.spec.template.spec.initContainers[*].livenessProbe
#     - config.spec.template.spec.initContainers[*].readinessProbe
#     - config.spec.template.spec.initContainers[*].startupProbe
#     - config.spec.template.spec.initContainers[*].lifecycle
#     - config.spec.template.spec.ephemeralContainers[*].livenessProbe
#     - config.spec.template.spec.ephemeralContainers[*].readinessProbe
#     - config.spec.template.spec.ephemeralContainers[*].startupProbe
#     - config.spec.template.spec.ephemeralContainers[*].lifecycle
#     - config.spec.jobTemplate.spec.template.spec.containers[*].livenessProbe
#     - config.spec.jobTemplate.spec.template.spec.containers[*].readinessProbe
#     - config.spec.jobTemplate.spec.template.spec.containers[*].startupProbe
#     - config.spec.jobTemplate.spec.template.spec.containers[*].lifecycle
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].livenessProbe
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].readinessProbe
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].startupProbe
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].lifecycle
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].livenessProbe
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].readinessProbe
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].startupProbe
#     - config.spec.jobTemplate.spec.template.spec.ephemeralContainers[*].lifecycle
#     - config.spec[0].container[*].liveness_probe
#     - config.spec[0].container[*].readiness_probe
#     - config.spec[0].container[*].startup_probe
#     - config.spec[0].init_container[*].liveness_probe
#     - config.spec[0].init_container[*].readiness_probe
#     - config.spec[0].init_container[*].startup_probe
#     - config.spec[0].template[0].spec[0].container[*].liveness_probe
#     - config.spec[0].template[0].spec[0].container[*].readiness_probe
#     - config.spec[0].template[0].spec[0].container[*].startup_probe
#     - config.spec[0].template[0].spec[0].init_container[*].liveness_probe
#     - config.spec[0].template[0].spec[0].init_container[*].readiness_probe
#     - config.spec[0].template[0].spec[0].init_container[*].startup_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].liveness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].readiness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].startup_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].liveness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].readiness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].startup_probe
#   perPath: true
#   remedy: Remove host from the probe; it then asks the pod.
#   controls:
#     - {framework: Kubernetes Pod Security Standards, control: "Baseline: Host Probes / Lifecycle Hooks", url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"}
#     - {framework: NIST 800-53 r5, control: SC-7}
package policies.kubernetes.probe_hosts

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	some place, handler in _handlers(entry.container)
	some call in ["httpGet", "tcpSocket"]
	host := _host(handler, call)
	not host in {"", null}
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, concat(".", [place, call, "host"])),
		"message": "A probe or hook calls a host of its own choice.",
		"expected": "no host",
		"actual": host,
		"fix": "Remove host.",
	}
}

_handlers(container) := object.union(
	{probe: container[probe] | some probe in ["livenessProbe", "readinessProbe", "startupProbe"]},
	{sprintf("lifecycle.%s", [hook]): container.lifecycle[hook] | some hook in ["postStart", "preStop"]},
)

_host(handler, call) := handler[call].host

# Blocks of Terraform are lists of one.
_host(handler, "httpGet") := handler.http_get[0].host

_host(handler, "tcpSocket") := handler.tcp_socket[0].host
