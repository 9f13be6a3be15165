# METADATA
# title: Access to sensitive data is approved
# description: |
#   A statement that reaches data declared as sensitive (data.params.phi_resources) needs an approval on file: the resource that holds it
#   carries the approval tags. Reads identity policies, inline policies, permission sets, resource policies of the sensitive data
#   themselves, and AWS managed policies by a table. A condition narrows a statement but does not approve it; an unconditional Deny in the
#   same document takes an Allow back. A policy that is known only after apply is undecided, unless its data source
#   shows already that it cannot reach the data. Attaching a policy of this plan is reported at the policy.
#   data.params.phi_resources.wider_reach: true also reports KMS grants, Lake Formation permissions and access points.
# custom:
#   parameters: [phi_resources, whole_state]
package terrafleet.phi_access

import data.terrafleet.lib.attachment
import data.terrafleet.lib.document
import data.terrafleet.lib.plan
import data.terrafleet.lib.report
import data.terrafleet.lib.sensitive

deny := report.verdicts(failures, doubts)

# The types this rule judges: what it says nothing about passes.
covers := {
	"aws_dynamodb_resource_policy",
	"aws_iam_group_policy",
	"aws_iam_group_policy_attachment",
	"aws_iam_group_policy_attachments_exclusive",
	"aws_iam_policy",
	"aws_iam_policy_attachment",
	"aws_iam_role",
	"aws_iam_role_policy",
	"aws_iam_role_policy_attachment",
	"aws_iam_role_policy_attachments_exclusive",
	"aws_iam_user_policy",
	"aws_iam_user_policy_attachment",
	"aws_iam_user_policy_attachments_exclusive",
	"aws_kms_key",
	"aws_kms_key_policy",
	"aws_s3_access_point",
	"aws_s3_bucket",
	"aws_s3_bucket_policy",
	"aws_secretsmanager_secret",
	"aws_secretsmanager_secret_policy",
	"aws_ssoadmin_managed_policy_attachment",
	"aws_ssoadmin_permission_set_inline_policy",
}

failures contains [held.resource.address, message] if {
	some held in document.held
	not sensitive.approved(held.resource)
	some target in document.reached(held.statements)
	message := sprintf("%s reaches %s without an approval on file", [held.attribute, target])
}

doubts contains [held.resource.address, message] if {
	some held in document.open
	not sensitive.approved(held.resource)
	message := sprintf("%s is known only after apply%s", [held.attribute, named(held.resource, held.attribute)])
}

doubts contains [held.resource.address, message] if {
	some held in document.unreadable
	not sensitive.approved(held.resource)
	message := sprintf("%s is not a policy document", [held.attribute])
}

failures contains [use.resource.address, message] if {
	some use in attachment.managed
	not sensitive.approved(use.resource)
	some service in attachment.reached(use.policy)
	message := sprintf("the AWS managed policy %s reaches sensitive data in %s without an approval on file", [use.policy, service])
}

failures contains [use.resource.address, message] if {
	some use in attachment.known
	not sensitive.approved(use.resource)
	some target in document.reached(use.statements)
	message := sprintf("the attached policy %s reaches %s without an approval on file", [use.policy, target])
}

doubts contains [use.resource.address, message] if {
	some use in attachment.foreign
	not sensitive.approved(use.resource)
	message := sprintf("the attached policy %s is not in this plan", [use.policy])
}

failures contains [found.address, found.message] if {
	data.params.phi_resources.wider_reach == true
	some found in attachment.wider
}

named(resource, attribute) := sprintf("; it refers to the sensitive %s", [concat(", ", addresses)]) if {
	addresses := [address |
		some address in object.get(resource.links, attribute, [])
		sensitive.is_sensitive(plan.resource(address))
	]
	count(addresses) > 0
} else := ""
