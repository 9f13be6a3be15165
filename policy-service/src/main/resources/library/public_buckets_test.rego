package terrafleet.public_buckets_test

import data.terrafleet.lib.fixture
import data.terrafleet.public_buckets

said(resources) := found if {
	found := fixture.said(public_buckets.deny) with data.terrafleet.index as fixture.index(resources)
}

closed := {"block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}

bucket := fixture.resource("aws_s3_bucket.b", {"bucket": "b"}, {})

block(after, more) := fixture.resource("aws_s3_bucket_public_access_block.b", after, more)

test_a_bucket_needs_a_block if {
	said([bucket]) == {"fail aws_s3_bucket.b"}
	said([bucket, block(closed, {"links": {"bucket": ["aws_s3_bucket.b"]}})]) == set()
	said([bucket, block(object.union(closed, {"bucket": "b"}), {})]) == set()
}

test_an_account_can_block_for_all if {
	said([bucket]) == set() with data.params.account_blocks_public_access as true
}

test_every_switch_counts if {
	said([block(object.union(closed, {"restrict_public_buckets": false}), {})]) == {"fail aws_s3_bucket_public_access_block.b"}
	said([block(object.remove(closed, ["block_public_acls"]), {})]) == {"fail aws_s3_bucket_public_access_block.b"}
	said([block(object.remove(closed, ["block_public_acls"]), {"pending": {"block_public_acls": true}})]) == {"undecided aws_s3_bucket_public_access_block.b"}
}

test_acls if {
	said([fixture.resource("aws_s3_bucket_acl.a", {"acl": "public-read"}, {})]) == {"fail aws_s3_bucket_acl.a"}
	said([fixture.resource("aws_s3_bucket_acl.a", {"acl": "private"}, {})]) == set()
	grant := {"permission": "READ", "grantee": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}]}
	said([fixture.resource("aws_s3_bucket_acl.a", {"access_control_policy": [{"grant": [grant]}]}, {})]) == {"fail aws_s3_bucket_acl.a"}
}
