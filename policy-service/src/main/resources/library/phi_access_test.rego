package terrafleet.phi_access_test

import data.terrafleet.lib.fixture
import data.terrafleet.phi_access

declared := {
	"arns": ["arn:aws:s3:::phi", "arn:aws:s3:::phi/*", "arn:aws:dynamodb:*:*:table/phi-*"],
	"tag": {"data": "phi"},
	"approval_tags": ["approved_by", "ticket"],
}

said(resources) := found if {
	found := fixture.said(phi_access.deny) with data.terrafleet.index as fixture.index(resources)
		with data.params.phi_resources as declared
}

policy(statement) := fixture.resource("aws_iam_policy.p", {"policy": json.marshal({"Statement": statement})}, {})

reaches(statement) if said([policy(statement)]) == {"fail aws_iam_policy.p"}

harmless(statement) if said([policy(statement)]) == set()

test_statements_that_reach if {
	every statement in [
		{"Effect": "Allow", "Action": "*", "Resource": "*"},
		{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
		{"Effect": "Allow", "Action": ["S3:getobject"], "Resource": ["arn:aws:s3:::p?i/*"]},
		{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::phi/2024/*"},
		{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:*:phi/x"},
		{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::phi/${aws:username}/*"},
		{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
		{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::other/*"},
		{"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:us-east-1:1:table/phi-x/index/y"},
		{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::phi/*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
	] {
		reaches(statement)
	}
}

test_statements_that_do_not if {
	every statement in [
		{"Effect": "Deny", "Action": "*", "Resource": "*"},
		{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
		{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::phi-public/*"},
		{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::PHI/*"},
		{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": ["arn:aws:s3:::phi*"]},
		{"Effect": "Allow", "NotAction": ["s3:*", "dynamodb:*"], "Resource": "*"},
		{"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:us-east-1:1:table/other"},
		{"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:s3:::phi/*"},
	] {
		harmless(statement)
	}
}

test_unconditional_deny_takes_back if {
	allow := {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
	harmless([allow, {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::phi*"}])
	reaches([allow, {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::phi*"}])
	reaches([allow, {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::phi"}])
	reaches([allow, {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"x": "y"}}}])
}

test_approval_needs_all_tags if {
	statement := {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
	said([object.union(policy(statement), {"after": {"tags": {"approved_by": "office", "ticket": "P-1"}}})]) == set()
	said([object.union(policy(statement), {"after": {"tags": {"approved_by": "office"}}})]) == {"fail aws_iam_policy.p"}
	said([object.union(policy(statement), {"after": {"tags": {"approved_by": "office", "ticket": " "}}})]) == {"fail aws_iam_policy.p"}
}

test_nothing_declared_nothing_to_approve if {
	fixture.said(phi_access.deny) == set() with data.terrafleet.index as fixture.index([policy({"Effect": "Allow", "Action": "*", "Resource": "*"})])
}

test_a_tag_declares_too if {
	bucket := fixture.resource("aws_s3_bucket.b", {"bucket": "visits", "tags": {"data": "phi"}}, {})
	statement := {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::visits/*"}
	said([bucket, policy(statement)]) == {"fail aws_iam_policy.p"}
}

test_unknown_policy_is_undecided if {
	said([fixture.resource("aws_iam_policy.p", {}, {"pending": {"policy": true}})]) == {"undecided aws_iam_policy.p"}
}

test_text_that_is_no_policy_is_undecided if {
	said([fixture.resource("aws_iam_policy.p", {"policy": "{"}, {})]) == {"undecided aws_iam_policy.p"}
}

deferred(statement, mark, links) := fixture.index_with_data(
	[fixture.resource("aws_iam_policy.p", {}, {"pending": {"policy": true}, "links": {"policy": ["data.aws_iam_policy_document.d"]}})],
	[{
		"address": "data.aws_iam_policy_document.d", "type": "aws_iam_policy_document",
		"after": {"statement": [statement]}, "pending": {"statement": [mark]}, "links": {"statement": links},
	}],
)

judged(index) := found if {
	found := fixture.said(phi_access.deny) with data.terrafleet.index as index with data.params.phi_resources as declared
}

test_what_is_known_of_a_deferred_document_counts if {
	judged(deferred({"actions": ["sqs:SendMessage"], "resources": [null]}, {"resources": [true]}, [])) == set()
	judged(deferred({"actions": ["s3:GetObject"], "resources": [null]}, {"resources": [true]}, [])) == {"undecided aws_iam_policy.p"}
	judged(deferred({"actions": ["s3:GetObject"], "resources": [null, "arn:aws:s3:::phi/*"]}, {"resources": [true, false]}, [])) == {"fail aws_iam_policy.p"}
	judged(deferred({"effect": "Deny", "actions": ["s3:*"], "resources": [null]}, {"resources": [true]}, [])) == set()
	judged(deferred({"actions": [null], "resources": ["*"]}, {"actions": [true]}, ["local.x"])) == {"undecided aws_iam_policy.p"}
}

attached(arn) := fixture.resource("aws_iam_role_policy_attachment.a", {"policy_arn": arn}, {})

test_managed_policies_by_table if {
	said([attached("arn:aws:iam::aws:policy/AdministratorAccess")]) == {"fail aws_iam_role_policy_attachment.a"}
	said([attached("arn:aws-us-gov:iam::aws:policy/AmazonS3ReadOnlyAccess")]) == {"fail aws_iam_role_policy_attachment.a"}
	said([attached("arn:aws:iam::aws:policy/job-function/DataScientist")]) == {"fail aws_iam_role_policy_attachment.a"}
	said([attached("arn:aws:iam::aws:policy/SecretsManagerReadWrite")]) == set()
	said([attached("arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess")]) == set()
	said([attached("arn:aws:iam::1:policy/mine")]) == {"undecided aws_iam_role_policy_attachment.a"}
}

test_attaching_a_policy_that_is_left_alone if {
	old := object.union(policy({"Effect": "Allow", "Action": "*", "Resource": "*"}), {"changed": false, "after": {"arn": "arn:aws:iam::1:policy/mine"}})
	said([old, attached("arn:aws:iam::1:policy/mine")]) == {"fail aws_iam_role_policy_attachment.a"}
}

everything := json.marshal({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}})

guard(bucket) := fixture.resource("aws_s3_bucket_policy.g", {"bucket": bucket, "policy": everything}, {})

test_guarding_policies_matter_where_the_resource_is_sensitive if {
	said([guard("phi")]) == {"fail aws_s3_bucket_policy.g"}
	said([guard("other")]) == set()
}
