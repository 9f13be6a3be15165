# METADATA
# title: Attached policies
package terrafleet.lib.attachment

import data.terrafleet.lib.iam
import data.terrafleet.lib.plan
import data.terrafleet.lib.sensitive

# type -> the attribute that holds the ARN of a policy, or a list of them.
attributes := {
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
	"aws_iam_role": "managed_policy_arns",
	"aws_iam_role_policy_attachments_exclusive": "policy_arns",
	"aws_iam_user_policy_attachments_exclusive": "policy_arns",
	"aws_iam_group_policy_attachments_exclusive": "policy_arns",
}

# {resource, arn} of every attachment whose ARN is known.
uses contains {"resource": resource, "arn": arn} if {
	sensitive.declared
	some type, attribute in attributes
	some resource in plan.judged(type)
	some arn in array.concat(
		[arn | arn := plan.value(resource, attribute); is_string(arn)],
		[arn | some arn in plan.items(resource.after, attribute); is_string(arn)],
	)
}

managed contains {"resource": use.resource, "policy": name(use.arn)} if {
	some use in uses
	aws_managed(use.arn)
}

# Customer policies whose text is known though this plan does not change them.
known contains {"resource": use.resource, "policy": policy.address, "statements": statements} if {
	some use in uses
	policy := policies_by_arn[use.arn]
	not plan.in_scope(policy)
	not sensitive.approved(policy)
	statements := iam.statements(policy.after.policy)
}

known contains {"resource": use.resource, "policy": source.address, "statements": statements} if {
	some use in uses
	some source in data.terrafleet.index.data
	source.type == "aws_iam_policy"
	source.after.arn == use.arn
	not aws_managed(use.arn)
	statements := iam.statements(source.after.policy)
}

foreign contains {"resource": use.resource, "policy": use.arn} if {
	some use in uses
	not aws_managed(use.arn)
	not policies_by_arn[use.arn]
	not use.arn in read_arns
}

foreign contains {"resource": resource, "policy": "(known only after apply)"} if {
	sensitive.declared
	some type, attribute in attributes
	some resource in plan.judged(type)
	plan.pending(resource, attribute)
	count(plan.linked(resource, attribute, "aws_iam_policy")) == 0
}

policies_by_arn := {policy.after.arn: policy |
	some policy in plan.all_of("aws_iam_policy")
	is_string(policy.after.arn)
}

read_arns := {source.after.arn |
	some source in data.terrafleet.index.data
	source.type == "aws_iam_policy"
}

aws_managed(arn) if regex.match(`^arn:[a-z-]+:iam::aws:policy/`, arn)

# The name behind the path.
name(arn) := parts[count(parts) - 1] if parts := split(arn, "/")

# The services with sensitive data that an AWS managed policy reaches.
reached(policy) := {service |
	some service in object.get(table, policy, [])
	service in sensitive.services
} | {service |
	"*" in object.get(table, policy, [])
	some service in sensitive.services
}

# What AWS managed policies reach, by the service prefix of the data. Read off the policies' documents in the AWS Managed Policy
# Reference Guide; policies of service-linked roles are left out.
table := {
	"AdministratorAccess": ["*"],
	"PowerUserAccess": ["*"],
	"SystemAdministrator": ["s3", "sqs", "kms"],
	"DatabaseAdministrator": ["dynamodb", "s3", "rds", "redshift"],
	"DataScientist": ["s3", "dynamodb", "redshift", "elasticmapreduce", "kinesis"],
	"ReadOnlyAccess": ["s3", "dynamodb", "kinesis", "sqs", "redshift-data", "ssm"],
	"AmazonS3FullAccess": ["s3"],
	"AmazonS3ReadOnlyAccess": ["s3"],
	"AmazonS3ObjectLambdaExecutionRolePolicy": [],
	"AmazonDynamoDBFullAccess": ["dynamodb"],
	"AmazonDynamoDBFullAccess_v2": ["dynamodb"],
	"AmazonDynamoDBReadOnlyAccess": ["dynamodb"],
	"AmazonDynamoDBFullAccesswithDataPipeline": ["dynamodb"],
	"SecretsManagerReadWrite": ["secretsmanager"],
	"AWSLakeFormationDataAdmin": ["s3", "lakeformation", "glue"],
	"AmazonAthenaFullAccess": ["s3", "athena", "glue"],
	"AmazonRDSDataFullAccess": ["rds", "rds-data", "secretsmanager"],
	"AmazonRedshiftFullAccess": ["redshift", "redshift-data"],
	"AmazonRedshiftAllCommandsFullAccess": ["s3", "dynamodb", "redshift", "glue"],
	"AmazonElasticMapReduceFullAccess": ["s3", "elasticmapreduce", "dynamodb"],
	"AmazonElasticMapReduceforEC2Role": ["s3", "dynamodb", "kinesis"],
	"AmazonSSMFullAccess": ["ssm"],
	"AmazonSSMReadOnlyAccess": ["ssm"],
	"AWSBackupFullAccess": ["backup", "dynamodb"],
	"AWSBackupServiceRolePolicyForBackup": ["backup", "dynamodb", "rds"],
	"AWSBackupServiceRolePolicyForS3Backup": ["s3"],
	"AWSBackupServiceRolePolicyForS3Restore": ["s3"],
	"AWSLambdaExecute": ["s3"],
	"AWSLambdaDynamoDBExecutionRole": ["dynamodb"],
	"AWSLambdaInvocation-DynamoDB": ["dynamodb"],
	"AWSDataPipelineRole": ["s3", "dynamodb", "rds", "redshift", "elasticmapreduce"],
	"AmazonEC2RoleforDataPipelineRole": ["s3", "dynamodb", "rds", "redshift"],
	"AmazonEC2RoleforSSM": ["s3", "ssm"],
	"AmazonSSMManagedInstanceCore": ["ssm"],
}

# Other ways to the data, reported only when asked for.
wider contains {"address": grant.address, "message": "grants decryption with a key; the data under it may be sensitive"} if {
	some grant in plan.judged("aws_kms_grant")
	some operation in plan.items(grant.after, "operations")
	operation in {"Decrypt", "ReEncryptFrom", "GenerateDataKey", "CreateGrant"}
}

wider contains {"address": permission.address, "message": "grants SELECT through Lake Formation; the table may be sensitive"} if {
	some permission in plan.judged("aws_lakeformation_permissions")
	some right in plan.items(permission.after, "permissions")
	right in {"SELECT", "ALL", "SUPER"}
}

wider contains {"address": point.address, "message": "opens an access point to a sensitive bucket"} if {
	some point in plan.judged("aws_s3_access_point")
	some bucket in plan.linked(point, "bucket", "aws_s3_bucket")
	sensitive.is_sensitive(bucket)
}
