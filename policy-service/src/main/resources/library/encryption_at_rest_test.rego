package terrafleet.encryption_at_rest_test

import data.terrafleet.encryption_at_rest
import data.terrafleet.lib.fixture

said(resources) := found if {
	found := fixture.said(encryption_at_rest.deny) with data.terrafleet.index as fixture.index(resources)
}

database(after, more) := fixture.resource("aws_db_instance.d", after, more)

test_switched_on_passes if {
	said([database({"storage_encrypted": true}, {})]) == set()
	said([fixture.resource("aws_opensearch_domain.o", {"encrypt_at_rest": [{"enabled": true}]}, {})]) == set()
	said([fixture.resource("aws_elasticache_replication_group.e", {"at_rest_encryption_enabled": "true"}, {})]) == set()
}

test_switched_off_fails if {
	said([database({"storage_encrypted": false}, {})]) == {"fail aws_db_instance.d"}
	said([database({"storage_encrypted": false, "snapshot_identifier": "s"}, {})]) == {"fail aws_db_instance.d"}
}

test_not_set_fails if {
	said([database({}, {})]) == {"fail aws_db_instance.d"}
	said([fixture.resource("aws_dax_cluster.x", {"server_side_encryption": []}, {})]) == {"fail aws_dax_cluster.x"}
}

test_not_known_is_undecided if {
	said([database({}, {"pending": {"storage_encrypted": true}})]) == {"undecided aws_db_instance.d"}
	said([fixture.resource("aws_opensearch_domain.o", {}, {"pending": {"encrypt_at_rest": [{"enabled": true}]}})]) == {"undecided aws_opensearch_domain.o"}
	said([fixture.resource("aws_opensearch_domain.o", {}, {"pending": {"encrypt_at_rest": true}})]) == {"undecided aws_opensearch_domain.o"}
}

test_restored_is_undecided if {
	said([database({"snapshot_identifier": "s"}, {})]) == {"undecided aws_db_instance.d"}
	said([fixture.resource("aws_redshift_cluster.r", {"encrypted": false, "snapshot_identifier": "s"}, {"config": {"encrypted": {"constant_value": null}}})]) == {"undecided aws_redshift_cluster.r"}
}

test_replica_follows_its_source if {
	replica := fixture.resource("aws_db_instance.r", {"replicate_source_db": "d"}, {"links": {"replicate_source_db": ["aws_db_instance.d"]}})
	said([database({"storage_encrypted": true}, {}), replica]) == set()
	said([database({}, {}), replica]) == {"fail aws_db_instance.d", "fail aws_db_instance.r"}
}

test_serverless_v1_is_always_encrypted if {
	said([fixture.resource("aws_rds_cluster.c", {"engine_mode": "serverless"}, {})]) == set()
	said([fixture.resource("aws_rds_cluster.c", {"engine_mode": "provisioned"}, {})]) == {"fail aws_rds_cluster.c"}
}

test_buckets_are_encrypted_by_aws if said([fixture.resource("aws_s3_bucket.b", {"bucket": "b"}, {})]) == set()

test_buckets_must_say_so_when_asked_to if {
	bucket := fixture.resource("aws_s3_bucket.b", {"bucket": "b"}, {})
	linked := fixture.resource("aws_s3_bucket_server_side_encryption_configuration.c", {}, {"links": {"bucket": ["aws_s3_bucket.b"]}})
	named := fixture.resource("aws_s3_bucket_server_side_encryption_configuration.c", {"bucket": "b"}, {})
	other := fixture.resource("aws_s3_bucket_server_side_encryption_configuration.c", {"bucket": "other"}, {})
	explicit := {"explicit_bucket_configuration": true}
	said([bucket]) == {"fail aws_s3_bucket.b"} with data.params.encryption as explicit
	said([bucket, linked]) == set() with data.params.encryption as explicit
	said([bucket, named]) == set() with data.params.encryption as explicit
	said([bucket, other]) == {"fail aws_s3_bucket.b"} with data.params.encryption as explicit
}

test_queues_count_when_asked_to if {
	stream := fixture.resource("aws_kinesis_stream.k", {"encryption_type": "NONE"}, {})
	queue := fixture.resource("aws_sqs_queue.q", {"sqs_managed_sse_enabled": false}, {})
	topic := fixture.resource("aws_sns_topic.t", {}, {})
	said([stream, queue, topic]) == set()
	said([stream, queue, topic]) == {"fail aws_kinesis_stream.k", "fail aws_sqs_queue.q", "fail aws_sns_topic.t"} with data.params.encryption as {"queues_and_streams": true}
}

test_volumes_in_every_place if {
	said([fixture.resource("aws_ebs_volume.v", {}, {})]) == {"fail aws_ebs_volume.v"}
	said([fixture.resource("aws_ebs_volume.v", {"snapshot_id": "s"}, {})]) == {"undecided aws_ebs_volume.v"}
	said([fixture.resource("aws_instance.i", {"root_block_device": [{"encrypted": true}], "ebs_block_device": [{"encrypted": false}]}, {})]) == {"fail aws_instance.i"}
	said([fixture.resource("aws_launch_template.t", {"block_device_mappings": [{"ebs": [{"encrypted": "false"}]}]}, {})]) == {"fail aws_launch_template.t"}
	said([fixture.resource("aws_launch_template.t", {"block_device_mappings": []}, {})]) == set()
	said([fixture.resource("aws_spot_fleet_request.f", {"launch_specification": [{"ebs_block_device": [{"encrypted": false}]}]}, {})]) == {"fail aws_spot_fleet_request.f"}
	said([fixture.resource("aws_spot_fleet_request.f", {"launch_specification": [{"root_block_device": [{"encrypted": true}]}]}, {})]) == set()
}

test_the_account_may_encrypt_volumes if {
	said([fixture.resource("aws_ebs_volume.v", {}, {})]) == set() with data.params.encryption as {"ebs_encrypted_by_default": true}
	said([fixture.resource("aws_ebs_volume.v", {"encrypted": false}, {})]) == {"fail aws_ebs_volume.v"} with data.params.encryption as {"ebs_encrypted_by_default": true}
}

test_an_instance_without_a_root_block_is_undecided if {
	said([fixture.resource("aws_instance.i", {"ami": "ami-1"}, {})]) == {"undecided aws_instance.i"}
}
