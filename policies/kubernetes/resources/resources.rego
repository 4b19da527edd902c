# METADATA
# title: Containers say what they need and where they stop
# description: |-
#   The scheduler places pods by their requests: without one it fills nodes until they fall over. Without a limit on
#   memory one leak takes its neighbours along. CPU is shared fairly without a limit, so none is asked for. A pod may
#   say it as a whole.
# custom:
#   id: PC-K8S-034
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
#     - config.spec.containers[*].resources
#     - config.spec.initContainers[*].resources
#     - config.spec.template.spec.containers[*].resources
#     - config.spec.template.spec.initContainers[*].resources
#     - config.spec.jobTemplate.spec.template.spec.containers[*].resources
#     - config.spec.jobTemplate.spec.template.spec.initContainers[*].resources
#     - config.spec[0].container[*].resources
#     - config.spec[0].init_container[*].resources
#     - config.spec[0].template[0].spec[0].container[*].resources
#     - config.spec[0].template[0].spec[0].init_container[*].resources
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].container[*].resources
#     - config.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[*].resources
#     - config.spec.resources
#     - config.spec.template.spec.resources
#     - config.spec.jobTemplate.spec.template.spec.resources
#   perPath: true
#   parameters:
#     requests:
#       description: What a container must request.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default: [cpu, memory]
#     limits:
#       description: What a container must limit.
#       type: array
#       items: {type: string, minLength: 1}
#       uniqueItems: true
#       default: [memory]
#   remedy: Set resources.requests and resources.limits of the container.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-6}
package policies.kubernetes.resources

import data.lib.kubernetes

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in kubernetes.containers(resource)
	entry.field != "ephemeralContainers"
	some part in ["requests", "limits"]
	some name in input.parameters[part]
	not _said(entry.container, part, name)
	not _said(kubernetes.pod_spec(resource), part, name)
	violation := {
		"address": resource.address,
		"path": kubernetes.path(resource, entry.path, sprintf("resources.%s.%s", [part, name])),
		"message": sprintf("A container has no %s of %s.", [_words[part], name]),
		"expected": "a quantity",
		"actual": null,
		"fix": sprintf("Set resources.%s.%s.", [part, name]),
	}
}

_said(owner, part, name) if {
	some place in _places[part]
	not object.get(owner, ["resources", place, name], null) in {null, ""}
}

# A limit without a request is the request too.
_places := {"requests": ["requests", "limits"], "limits": ["limits"]}

_words := {"requests": "request", "limits": "limit"}
