# METADATA
# title: Stateful resources are not destroyed
# description: |
#   The plan neither deletes nor replaces what holds data: databases, buckets, tables, volumes, file systems, keys, secrets, zones, logs and
#   the like. data.params.stateful_types, a list, adds types; data.params.destroy_allowed, a list of addresses, lets single ones go.
#   Forgetting a resource (removed block) destroys nothing.
# custom:
#   parameters: [stateful_types, destroy_allowed]
package terrafleet.destroy_guard

import data.terrafleet.lib.report

deny := report.verdicts(failures, set())

covers := set()

stateful := known | {type | some type in object.get(data.params, "stateful_types", [])}

known := {
	"aws_backup_vault",
	"aws_cloudwatch_log_group",
	"aws_cognito_user_pool",
	"aws_db_instance",
	"aws_docdb_cluster",
	"aws_dynamodb_table",
	"aws_ebs_volume",
	"aws_ecr_repository",
	"aws_efs_file_system",
	"aws_elasticache_replication_group",
	"aws_elasticsearch_domain",
	"aws_fsx_lustre_file_system",
	"aws_fsx_ontap_file_system",
	"aws_fsx_openzfs_file_system",
	"aws_fsx_windows_file_system",
	"aws_keyspaces_table",
	"aws_kinesis_stream",
	"aws_kms_key",
	"aws_memorydb_cluster",
	"aws_msk_cluster",
	"aws_neptune_cluster",
	"aws_opensearch_domain",
	"aws_qldb_ledger",
	"aws_rds_cluster",
	"aws_redshift_cluster",
	"aws_route53_zone",
	"aws_s3_bucket",
	"aws_secretsmanager_secret",
	"aws_sqs_queue",
	"aws_timestreamwrite_table",
	"azurerm_storage_account",
	"google_sql_database_instance",
	"google_storage_bucket",
}

failures contains [change.address, message] if {
	some change in input.plan.resource_changes
	object.get(change, "mode", "managed") == "managed"
	change.type in stateful
	"delete" in change.change.actions
	not change.address in object.get(data.params, "destroy_allowed", [])
	message := sprintf("would be %s, with all that it holds", [word(change.change.actions)])
}

word(actions) := "replaced" if "create" in actions

word(actions) := "destroyed" if not "create" in actions
