# METADATA
# title: It never ends
# description: Triples of a thousand numbers, for the deadline to stop.
# custom:
#   id: BENCH-001
#   severity: low
#   kinds: [bench_endless]
#   reads: [config.size]
#   remedy: None.
package policies.bench.endless

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	sizes := numbers.range(1, resource.config.size)
	found := [1 |
		some a in sizes
		some b in sizes
		some c in sizes
		(a + b) + c == 0
	]
	count(found) > 0
	violation := {"address": resource.address, "path": "config.size", "message": "It ended."}
}
