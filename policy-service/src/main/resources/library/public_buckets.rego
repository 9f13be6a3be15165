# METADATA
# title: Buckets are not public
# description: |
#   Every S3 bucket of the plan has a public access block with all four switches on, and no canned ACL or grant opens it to everybody or
#   to every AWS account holder. A block belongs to a bucket by reference or by its literal name. An account that blocks public access
#   as a whole says so with data.params.account_blocks_public_access: true; then only blocks that are there and open, and ACLs, count.
# custom:
#   parameters: [account_blocks_public_access, whole_state]
package terrafleet.public_buckets

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts)

covers := {
	"aws_s3_account_public_access_block",
	"aws_s3_bucket",
	"aws_s3_bucket_acl",
	"aws_s3_bucket_public_access_block",
}

switches := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

public_acls := {"public-read", "public-read-write", "authenticated-read", "website"}

everybody := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}

failures contains [block.address, message] if {
	some block in blocks
	some switch in switches
	not block.after[switch] == true
	not plan.pending(block, switch)
	message := sprintf("lets the public in: %s is not true", [switch])
}

doubts contains [block.address, message] if {
	some block in blocks
	some switch in switches
	plan.pending(block, switch)
	message := sprintf("%s is known only after apply", [switch])
}

failures contains [bucket.address, "has no aws_s3_bucket_public_access_block"] if {
	not data.params.account_blocks_public_access == true
	some bucket in plan.judged("aws_s3_bucket")
	not bucket.address in blocked_addresses
	not bucket.after.bucket in blocked_names
}

failures contains [holder.address, message] if {
	some type in ["aws_s3_bucket", "aws_s3_bucket_acl"]
	some holder in plan.judged(type)
	holder.after.acl in public_acls
	message := sprintf("lets the public in: acl is %s", [holder.after.acl])
}

failures contains [acl.address, message] if {
	some acl in plan.judged("aws_s3_bucket_acl")
	some policy in plan.items(acl.after, "access_control_policy")
	some grant in plan.items(policy, "grant")
	some grantee in plan.items(grant, "grantee")
	grantee.uri in everybody
	message := sprintf("lets the public in: %s is granted to %s", [object.get(grant, "permission", "a permission"), grantee.uri])
}

blocks := array.concat(
	plan.judged("aws_s3_bucket_public_access_block"),
	plan.judged("aws_s3_account_public_access_block"),
)

blocked_addresses := {address |
	some block in plan.all_of("aws_s3_bucket_public_access_block")
	some address in object.get(block.links, "bucket", [])
}

blocked_names := {block.after.bucket |
	some block in plan.all_of("aws_s3_bucket_public_access_block")
	is_string(block.after.bucket)
}
