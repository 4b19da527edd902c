# METADATA
# title: Databases are not reached from the internet
# description: |-
#   A database that answers the internet is guarded by its password alone, and by every hole in its login code.
#   Applications reach it through the private network.
# custom:
#   id: PC-NET-006
#   severity: critical
#   kinds:
#     - aws.rds.*
#     - aws.redshift.*
#     - aws.opensearch.*
#     - aws.elasticache.*
#     - aws.docdb.*
#     - aws.neptune.*
#     - aws.msk.*
#     - aws.mq.*
#     - azure.sql.*
#     - azure.postgresql.*
#     - azure.mysql.*
#     - azure.cosmosdb.*
#     - azure.redis.*
#     - azure.synapse.*
#     - azure.kusto.*
#     - azure.search.*
#     - gcp.sql.*
#     - gcp.alloydb.*
#     - gcp.redis.*
#     - gcp.memorystore.*
#     - gcp.spanner.*
#     - gcp.bigtable.*
#   requires: [facts.public]
#   reads: [facts.public]
#   remedy: Keep the database in the private network; people reach it through a bastion or the session service of the cloud.
#   controls:
#     - {framework: NIST 800-53 r5, control: SC-7}
#     - {framework: NIST 800-53 r5, control: AC-3}
#     - {framework: CIS AWS Foundations 3.0.0, control: "2.3.3"}
#     - {framework: CIS Google Cloud Foundations 2.0.0, control: "6.5"}
package policies.exposure.database

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _private(resource)
	violation := {
		"address": resource.address,
		"path": "facts.public",
		"message": "It answers connections from the internet.",
		"expected": false,
		"actual": true,
		"fix": object.get(_fixes, resource.type, _fix),
	}
}

_private(resource) if resource.facts.public == false

_fix := "Keep the database in the private network."

_fixes := {
	"aws_elasticsearch_domain": "Put it into a VPC with vpc_options.",
	"aws_db_instance": "Set publicly_accessible = false.",
	"aws_rds_cluster_instance": "Set publicly_accessible = false.",
	"aws_redshift_cluster": "Set publicly_accessible = false.",
	"aws_opensearch_domain": "Put it into a VPC with vpc_options.",
	"azurerm_mssql_server": "Set public_network_access_enabled = false and add a private endpoint.",
	"azurerm_postgresql_flexible_server": "Set public_network_access_enabled = false, or delegated_subnet_id.",
	"azurerm_mysql_flexible_server": `Set public_network_access = "Disabled", or delegated_subnet_id.`,
	"azurerm_cosmosdb_account": "Set public_network_access_enabled = false and add a private endpoint.",
	"azurerm_redis_cache": "Set public_network_access_enabled = false and add a private endpoint.",
	"google_sql_database_instance": "Set ipv4_enabled = false and private_network in ip_configuration, and remove 0.0.0.0/0 from authorized_networks.",
}
