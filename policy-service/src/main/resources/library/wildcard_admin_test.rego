package terrafleet.wildcard_admin_test

import data.terrafleet.lib.fixture
import data.terrafleet.wildcard_admin

said(resources) := found if {
	found := fixture.said(wildcard_admin.deny) with data.terrafleet.index as fixture.index(resources)
}

policy(statement) := fixture.resource("aws_iam_policy.p", {"policy": json.marshal({"Statement": statement})}, {})

test_everything_on_everything if {
	said([policy({"Effect": "Allow", "Action": "*", "Resource": "*"})]) == {"fail aws_iam_policy.p"}
	said([policy([{"Effect": "Allow", "Action": ["s3:Get*", "*"], "Resource": ["arn:aws:s3:::b", "*"]}])]) == {"fail aws_iam_policy.p"}
	said([policy({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})]) == {"fail aws_iam_policy.p"}
	said([policy({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})]) == set()
	said([policy({"Effect": "Deny", "Action": "*", "Resource": "*"})]) == set()
	said([policy({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/*"})]) == set()
}

guard(statement) := fixture.resource("aws_s3_bucket_policy.b", {"policy": json.marshal({"Statement": [statement]})}, {})

test_everybody_without_a_condition if {
	open := {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "s3:GetObject", "Resource": "*"}
	said([guard(open)]) == {"fail aws_s3_bucket_policy.b"}
	said([guard(object.union(open, {"Principal": "*"}))]) == {"fail aws_s3_bucket_policy.b"}
	said([guard(object.union(open, {"Principal": {"AWS": "arn:aws:iam::1:root"}}))]) == set()
	said([guard(object.union(open, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}))]) == set()
}

attached(arn) := fixture.resource("aws_iam_role_policy_attachment.a", {"policy_arn": arn}, {})

test_administrator_access if {
	said([attached("arn:aws:iam::aws:policy/AdministratorAccess")]) == {"fail aws_iam_role_policy_attachment.a"}
	said([attached("arn:aws-us-gov:iam::aws:policy/AdministratorAccess")]) == {"fail aws_iam_role_policy_attachment.a"}
	said([attached("arn:aws:iam::aws:policy/AdministratorAccess-Amplify")]) == set()
}

test_unknown_documents_are_undecided if {
	said([fixture.resource("aws_iam_policy.p", {}, {"pending": {"policy": true}})]) == {"undecided aws_iam_policy.p"}
}
