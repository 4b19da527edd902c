# METADATA
# title: Engines and runtimes are still supported
# description: |-
#   A version out of support gets no security fixes, and one day the provider upgrades it on a date of its own choice. Each
#   entry of the list counts from its date on, so a version that runs out next year is reported next year. The dates of RDS
#   and Lambda are the ends of standard support at AWS, the others those of the engine's publisher.
# custom:
#   id: PC-CMP-003
#   severity: high
#   kinds: ["*"]
#   requires: [facts.engine_version]
#   reads: [facts.engine_version, config.engine]
#   parameters:
#     retired:
#       description: >-
#         What is out of support: kinds and versions as globs, the engine where a kind has several, and the first day
#         without support.
#       type: array
#       items:
#         type: object
#         additionalProperties: false
#         required: [kinds, versions, since]
#         properties:
#           kinds: {type: array, items: {type: string}, minItems: 1}
#           engine: {type: string}
#           versions: {type: array, items: {type: string}, minItems: 1}
#           since: {type: string, pattern: '^\d{4}-\d{2}-\d{2}$'}
#       default:
#         - {kinds: [aws.rds.*], engine: postgres, versions: [9*, "10*", "11*"], since: "2024-03-01"}
#         - {kinds: [aws.rds.*], engine: postgres, versions: ["12*"], since: "2025-03-01"}
#         - {kinds: [aws.rds.*], engine: postgres, versions: ["13*"], since: "2026-03-01"}
#         - {kinds: [aws.rds.*], engine: mysql, versions: ["5.*"], since: "2024-03-01"}
#         - {kinds: [aws.rds.*], engine: mysql, versions: ["8.0*"], since: "2026-08-01"}
#         - {kinds: [aws.lambda.*], versions: [nodejs, nodejs4*, nodejs6*, nodejs8*, nodejs10*, nodejs12*], since: "2023-03-31"}
#         - {kinds: [aws.lambda.*], versions: [nodejs14.x], since: "2023-12-04"}
#         - {kinds: [aws.lambda.*], versions: [nodejs16.x], since: "2024-06-12"}
#         - {kinds: [aws.lambda.*], versions: [nodejs18.x], since: "2025-09-01"}
#         - {kinds: [aws.lambda.*], versions: [nodejs20.x], since: "2026-04-30"}
#         - {kinds: [aws.lambda.*], versions: [python2.7, python3.6, python3.7], since: "2023-12-04"}
#         - {kinds: [aws.lambda.*], versions: [python3.8], since: "2024-10-14"}
#         - {kinds: [aws.lambda.*], versions: [python3.9], since: "2025-12-15"}
#         - {kinds: [aws.lambda.*], versions: [java8, go1.x, provided, ruby2.*, dotnetcore*], since: "2024-01-08"}
#         - {kinds: [aws.lambda.*], versions: [dotnet6], since: "2024-12-20"}
#         - {kinds: [azure.postgresql.*], versions: [9*, "10", "11"], since: "2023-11-09"}
#         - {kinds: [azure.postgresql.*], versions: ["12"], since: "2024-11-21"}
#         - {kinds: [azure.postgresql.*], versions: ["13"], since: "2025-11-13"}
#         - {kinds: [azure.postgresql.*], versions: ["14"], since: "2026-11-12"}
#         - {kinds: [azure.mysql.*], versions: ["5.*"], since: "2023-10-31"}
#         - {kinds: [gcp.sql.*], versions: [POSTGRES_9*, POSTGRES_10, POSTGRES_11], since: "2023-11-09"}
#         - {kinds: [gcp.sql.*], versions: [POSTGRES_12], since: "2024-11-21"}
#         - {kinds: [gcp.sql.*], versions: [POSTGRES_13], since: "2025-11-13"}
#         - {kinds: [gcp.sql.*], versions: [POSTGRES_14], since: "2026-11-12"}
#         - {kinds: [gcp.sql.*], versions: [MYSQL_5*], since: "2023-10-31"}
#   remedy: Upgrade to a supported version, in a copy first.
#   controls:
#     - {framework: NIST 800-53 r5, control: SA-22}
package policies.compute.supported_version

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	some entry in input.parameters.retired
	_retired(resource, entry)
	violation := {
		"address": resource.address,
		"path": "facts.engine_version",
		"message": sprintf("Version %s has had no support since %s.", [resource.facts.engine_version, entry.since]),
		"expected": "a supported version",
		"actual": resource.facts.engine_version,
		"fix": "Upgrade to a supported version, in a copy first.",
	}
}

_retired(resource, entry) if {
	entry.since <= substring(input.now, 0, 10)
	_any_match(entry.kinds, resource.kind)
	_same_engine(resource, entry)
	_any_match(entry.versions, resource.facts.engine_version)
}

_same_engine(_, entry) if not entry.engine

_same_engine(resource, entry) if resource.config.engine == entry.engine

_any_match(globs, value) if {
	some pattern in globs
	glob.match(pattern, null, value)
}
