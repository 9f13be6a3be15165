# METADATA
# title: Queues, topics and streams
# description: |
#   Optional subjects of encryption at rest. Amazon SQS encrypts a queue by itself unless that is switched off; SNS, Kinesis and Firehose
#   do not.
package terrafleet.lib.transport

import data.terrafleet.lib.plan

unencrypted contains {"resource": queue, "why": "sqs_managed_sse_enabled is false and no KMS key is given"} if {
	some queue in plan.judged("aws_sqs_queue")
	queue.after.sqs_managed_sse_enabled == false
	not plan.given(queue, "kms_master_key_id")
}

unencrypted contains {"resource": topic, "why": "kms_master_key_id is not set"} if {
	some topic in plan.judged("aws_sns_topic")
	not plan.given(topic, "kms_master_key_id")
}

unencrypted contains {"resource": stream, "why": "encryption_type is not KMS"} if {
	some stream in plan.judged("aws_kinesis_stream")
	object.get(stream.after, "encryption_type", "NONE") != "KMS"
	not plan.pending(stream, "encryption_type")
}

unencrypted contains {"resource": stream, "why": "server_side_encryption.enabled is not true"} if {
	some stream in plan.judged("aws_kinesis_firehose_delivery_stream")
	not reads_a_stream(stream)
	not object.get(stream.after, ["server_side_encryption", 0, "enabled"], false) == true
	not object.get(stream.pending, ["server_side_encryption", 0, "enabled"], false) == true
}

# Firehose encrypts only what producers put into it directly.
reads_a_stream(stream) if count(plan.items(stream.after, "kinesis_source_configuration")) > 0

open contains stream.address if {
	some stream in plan.judged("aws_kinesis_stream")
	plan.pending(stream, "encryption_type")
}
