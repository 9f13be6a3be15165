# METADATA
# title: S3 buckets and the resources that configure them
# description: |
#   A configuration belongs to a bucket by reference, or by its literal name; the bucket argument itself is unknown while the bucket
#   is being created.
package terrafleet.lib.bucket

import data.terrafleet.lib.plan

configures_encryption(bucket) if bucket.address in configured_addresses

configures_encryption(bucket) if bucket.after.bucket in configured_names

configures_encryption(bucket) if {
	some block in plan.items(bucket.config, "server_side_encryption_configuration")
	block != {}
}

configured_addresses := {address |
	some configuration in plan.all_of("aws_s3_bucket_server_side_encryption_configuration")
	some address in object.get(configuration.links, "bucket", [])
}

configured_names := {configuration.after.bucket |
	some configuration in plan.all_of("aws_s3_bucket_server_side_encryption_configuration")
	is_string(configuration.after.bucket)
}
