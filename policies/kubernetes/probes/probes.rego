# METADATA
# title: Services say whether they are alive and ready
# description: |-
#   Without a readiness probe traffic reaches containers that cannot answer yet; without a liveness probe one that hangs
#   is never started again. Jobs end by themselves and need none.
# custom:
#   id: PC-K8S-035
#   severity: low
#   kinds:
#     - kubernetes.deployment
#     - kubernetes.statefulset
#     - kubernetes.daemonset
#     - kubernetes.replicationcontroller
#   reads:
#     - config.spec.containers[*].readinessProbe
#     - config.spec.containers[*].livenessProbe
#     - config.spec.containers[*].startupProbe
#     - config.spec.initContainers[*].readinessProbe
#     - config.spec.initContainers[*].livenessProbe
#     - config.spec.initContainers[*].startupProbe
#     - config.spec.template.spec.containers[*].readinessProbe
#     - config.spec.template.spec.containers[*].livenessProbe
#     - config.spec.template.spec.containers[*].startupProbe
#     - config.spec.template.spec.initContainers[*].readinessProbe
#     - config.spec.template.spec.initContainers[*].livenessProbe
#     - config.spec.template.spec.initContainers[*].startupProbe
#     - config.spec.jobTemplate.spec.template.spec.containers[*].readinessProbe
#     - config.spec.jobTemplate.spec.template.spec.containers[*].livenessProbe
#     - config.spec.jobTemplate.spec.template.spec.containers[*].startupProbe
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].readinessProbe
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].livenessProbe
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].startupProbe
#     - config.spec[0].container[*].readiness_probe
#     - config.spec[0].container[*].liveness_probe
#     - config.spec[0].container[*].startup_probe
#     - config.spec[0].init_container[*].readiness_probe
#     - config.spec[0].init_container[*].liveness_probe
#     - config.spec[0].init_container[*].startup_probe
#     - config.spec[0].template[0].spec[0].container[*].readiness_probe
#     - config.spec[0].template[0].spec[0].container[*].liveness_probe
#     - config.spec[0].template[0].spec[0].container[*].startup_probe
#     - config.spec[0].template[0].spec[0].init_container[*].readiness_probe
#     - config.spec[0].template[0].spec[0].init_container[*].liveness_probe
#     - config.spec[0].template[0].spec[0].init_container[*].startup_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].readiness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].liveness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].startup_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].readiness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].liveness_probe
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].startup_probe
#   perPath: true
#   parameters:
#     probes:
#       description: The probes that every container must have.
#       type: array
#       items: {enum: [livenessProbe, readinessProbe, startupProbe]}
#       minItems: 1
#       uniqueItems: true
#       default: [readinessProbe, livenessProbe]
#   remedy: Add the probe to the container.
#   controls:
#     - {framework: NIST 800-53 r5, control: SI-13}
package policies.kubernetes.probes

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	entry.field == "containers"
	some probe in input.parameters.probes
	not _has(entry.container, probe)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, probe),
		"message": sprintf("A container has no %s.", [probe]),
		"expected": "a probe",
		"actual": null,
		"fix": sprintf("Add a %s.", [probe]),
	}
}

_has(container, probe) if is_object(container[probe])
