# METADATA
# title: Nobody opens a session into a pod
# description: What is done in a session stands in no manifest and in no review.
# custom:
#   id: PEER-ACC-001
#   severity: high
#   kinds: ["kubernetes.connection"]
#   actions: [connect]
#   reads: [config.command]
#   remedy: Use an ephemeral container, which is judged like every other one.
package policies.access.sessions

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	violation := {
		"address": resource.address,
		"path": "config.command",
		"message": "A session into a pod is not allowed.",
	}
}
