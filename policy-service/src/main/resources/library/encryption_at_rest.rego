# METADATA
# title: Data is encrypted at rest
# description: |
#   Every database, cache, search domain, volume, file system and object store that has a switch for encryption at rest has it on. A
#   switch that is not set counts as AWS sets it: off, except where AWS encrypts always (S3, DynamoDB, MemoryDB, FSx, serverless v1 of
#   Aurora …). What takes its encryption from elsewhere (a snapshot, a source, a global cluster) is undecided unless the source is in
#   the plan. Parameters under data.params.encryption:
#     queues_and_streams            true: also SQS, SNS, Kinesis and Firehose
#     explicit_bucket_configuration true: S3 buckets must configure encryption themselves
#     ebs_encrypted_by_default      true: the account encrypts new EBS volumes by default
# custom:
#   parameters: [encryption, whole_state]
package terrafleet.encryption_at_rest

import data.terrafleet.lib.bucket
import data.terrafleet.lib.plan
import data.terrafleet.lib.report
import data.terrafleet.lib.transport
import data.terrafleet.lib.volume

deny := report.verdicts(failures, doubts)

# The types this rule judges: what it says nothing about passes. Those without a switch are encrypted by AWS always.
covers := object.keys(switches) | {
	"aws_dynamodb_table",
	"aws_ebs_volume",
	"aws_fsx_lustre_file_system",
	"aws_fsx_ontap_file_system",
	"aws_fsx_openzfs_file_system",
	"aws_fsx_windows_file_system",
	"aws_glacier_vault",
	"aws_instance",
	"aws_keyspaces_keyspace",
	"aws_keyspaces_table",
	"aws_launch_configuration",
	"aws_launch_template",
	"aws_memorydb_cluster",
	"aws_rds_cluster_instance",
	"aws_s3_bucket",
	"aws_spot_fleet_request",
	"aws_spot_instance_request",
	"aws_timestreamwrite_database",
	"aws_timestreamwrite_table",
}

# type -> the path of its switch, what to say, and the attributes from which it may inherit encryption when the switch is not set.
switches := {
	"aws_db_instance": {
		"path": ["storage_encrypted"],
		"inherits": ["snapshot_identifier", "restore_to_point_in_time", "replicate_source_db"],
	},
	"aws_rds_cluster": {
		"path": ["storage_encrypted"],
		"inherits": ["snapshot_identifier", "restore_to_point_in_time", "replication_source_identifier"],
	},
	"aws_rds_global_cluster": {"path": ["storage_encrypted"], "inherits": ["source_db_cluster_identifier"]},
	"aws_docdb_cluster": {"path": ["storage_encrypted"], "inherits": ["snapshot_identifier", "restore_to_point_in_time"]},
	"aws_docdb_global_cluster": {"path": ["storage_encrypted"], "inherits": ["source_db_cluster_identifier"]},
	"aws_neptune_cluster": {
		"path": ["storage_encrypted"],
		"inherits": ["snapshot_identifier", "replication_source_identifier"],
	},
	"aws_neptune_global_cluster": {"path": ["storage_encrypted"], "inherits": ["source_db_cluster_identifier"]},
	"aws_redshift_cluster": {"path": ["encrypted"], "inherits": ["snapshot_identifier", "snapshot_arn"]},
	"aws_elasticache_replication_group": {
		"path": ["at_rest_encryption_enabled"],
		"inherits": ["global_replication_group_id"],
	},
	"aws_opensearch_domain": {"path": ["encrypt_at_rest", 0, "enabled"], "inherits": []},
	"aws_elasticsearch_domain": {"path": ["encrypt_at_rest", 0, "enabled"], "inherits": []},
	"aws_dax_cluster": {"path": ["server_side_encryption", 0, "enabled"], "inherits": []},
	"aws_efs_file_system": {"path": ["encrypted"], "inherits": []},
	"aws_workspaces_workspace": {"path": ["root_volume_encryption_enabled"], "inherits": []},
	"aws_appsync_api_cache": {"path": ["at_rest_encryption_enabled"], "inherits": []},
}

stores := [store |
	some type, switch in switches
	some resource in plan.judged(type)
	not always_encrypted(resource)
	store := {"resource": resource, "switch": switch, "state": state(resource, switch)}
]

failures contains [store.resource.address, message] if {
	some store in stores
	store.state == "off"
	message := sprintf("is not encrypted at rest: %s is false", [name(store.switch)])
}

failures contains [store.resource.address, message] if {
	some store in stores
	store.state == "unset"
	message := sprintf("is not encrypted at rest: %s is not set, and AWS's default is off", [name(store.switch)])
}

doubts contains [store.resource.address, message] if {
	some store in stores
	store.state == "pending"
	message := sprintf("encryption at rest is open: %s is known only after apply", [name(store.switch)])
}

doubts contains [store.resource.address, message] if {
	some store in stores
	store.state == "inherited"
	count(sources(store.resource)) == 0
	message := sprintf("encryption at rest is open: %s is not set, so it is that of %s", [name(store.switch), concat(", ", inherited(store.resource, store.switch))])
}

failures contains [store.resource.address, message] if {
	some store in stores
	store.state == "inherited"
	some source in sources(store.resource)
	state(source, store.switch) in {"off", "unset"}
	message := sprintf("is not encrypted at rest, like its source %s", [source.address])
}

doubts contains [store.resource.address, message] if {
	some store in stores
	store.state == "inherited"
	some source in sources(store.resource)
	state(source, store.switch) in {"pending", "inherited"}
	message := sprintf("encryption at rest is open, like that of its source %s", [source.address])
}

# A WorkSpace has two volumes with a switch each; the table above has the other.
failures contains [desk.address, "is not encrypted at rest: user_volume_encryption_enabled is not true"] if {
	some desk in plan.judged("aws_workspaces_workspace")
	not desk.after.user_volume_encryption_enabled == true
	not plan.pending(desk, "user_volume_encryption_enabled")
}

failures contains [found.address, found.message] if some found in volume.unencrypted

doubts contains [found.address, found.message] if some found in volume.open

failures contains [found.address, "does not configure server-side encryption"] if {
	data.params.encryption.explicit_bucket_configuration == true
	some found in plan.judged("aws_s3_bucket")
	not bucket.configures_encryption(found)
}

failures contains [store.resource.address, message] if {
	data.params.encryption.queues_and_streams == true
	some store in transport.unencrypted
	message := sprintf("is not encrypted at rest: %s", [store.why])
}

doubts contains [address, "encryption at rest is open: its key is known only after apply"] if {
	data.params.encryption.queues_and_streams == true
	some address in transport.open
}

# on, off, pending, inherited or unset.
state(resource, switch) := "on" if {
	object.get(resource.after, switch.path, null) in {true, "true"}
} else := "pending" if {
	switch_pending(resource, switch.path)
} else := "off" if {
	object.get(resource.after, switch.path, null) in {false, "false"}
	plan.configured(resource, switch.path[0])
} else := "inherited" if {
	count(inherited(resource, switch)) > 0
} else := "off" if {
	object.get(resource.after, switch.path, null) in {false, "false"}
	not resource.action == "create"
} else := "unset"

switch_pending(resource, path) if object.get(resource.pending, path, false) == true

switch_pending(resource, path) if resource.pending[path[0]] == true

inherited(resource, switch) := [attribute |
	some attribute in switch.inherits
	plan.given(resource, attribute)
]

name(switch) := concat(".", [part | some part in switch.path; is_string(part)])

# Aurora's first serverless generation is encrypted always.
always_encrypted(resource) if {
	resource.type == "aws_rds_cluster"
	resource.after.engine_mode == "serverless"
}

# The resources of this plan from which a replica takes its encryption: by reference, or by the literal name of a database.
sources(resource) := [source |
	some address in linked_sources(resource) | named_sources(resource)
	source := plan.resource(address)
	source.type in object.keys(switches)
]

linked_sources(resource) := {address |
	some attribute in ["replicate_source_db", "source_db_cluster_identifier", "replication_source_identifier"]
	some address in object.get(resource.links, attribute, [])
}

named_sources(resource) := object.get(databases_by_name, object.get(resource.after, "replicate_source_db", ""), set())

# Databases of one plan may share a name: they are of different accounts or regions.
databases_by_name[name] contains database.address if {
	some database in plan.all_of("aws_db_instance")
	name := database.after.identifier
	is_string(name)
}
