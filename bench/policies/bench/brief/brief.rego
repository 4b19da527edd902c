# METADATA
# title: Brief
# description: What other requests ask for while a runaway policy holds a worker.
# custom:
#   id: BENCH-002
#   severity: low
#   kinds: [bench_brief]
#   reads: [config.size]
#   remedy: Make it smaller.
package policies.bench.brief

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	resource.config.size > 10
	violation := {"address": resource.address, "path": "config.size", "message": "It is large."}
}
