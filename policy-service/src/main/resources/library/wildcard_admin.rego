# METADATA
# title: Nobody may do everything
# description: |
#   No policy allows every action on every resource, no resource policy lets everybody do something without a condition, and nothing
#   attaches AdministratorAccess. "Every action" is *, *:*, or NotAction alone. Documents that are known only after apply are undecided.
# custom:
#   parameters: [whole_state]
package terrafleet.wildcard_admin

import data.terrafleet.lib.iam
import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts)

covers := (object.keys(documents) | object.keys(guards)) | object.keys(attachments)

documents := {
	"aws_iam_policy": "policy",
	"aws_iam_role_policy": "policy",
	"aws_iam_user_policy": "policy",
	"aws_iam_group_policy": "policy",
	"aws_ssoadmin_permission_set_inline_policy": "inline_policy",
}

guards := {
	"aws_s3_bucket_policy": "policy",
	"aws_sqs_queue_policy": "policy",
	"aws_sns_topic_policy": "policy",
	"aws_secretsmanager_secret_policy": "policy",
	"aws_iam_role": "assume_role_policy",
	"aws_ecr_repository_policy": "policy",
	"aws_kms_key": "policy",
}

attachments := {
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}

failures contains [holder.address, sprintf("%s allows every action on every resource", [attribute])] if {
	some type, attribute in documents
	some holder in plan.judged(type)
	some statement in iam.statements(plan.value(holder, attribute))
	iam.allows(statement)
	every_action(statement)
	every_resource(statement)
}

failures contains [role.address, "inline_policy allows every action on every resource"] if {
	some role in plan.judged("aws_iam_role")
	some inline in plan.items(role.after, "inline_policy")
	some statement in iam.statements(inline.policy)
	iam.allows(statement)
	every_action(statement)
	every_resource(statement)
}

failures contains [holder.address, sprintf("%s lets everybody in without a condition", [attribute])] if {
	some type, attribute in guards
	some holder in plan.judged(type)
	some statement in iam.statements(plan.value(holder, attribute))
	iam.allows(statement)
	everybody(statement)
	object.get(statement, "Condition", {}) == {}
}

failures contains [use.address, "attaches AdministratorAccess"] if {
	some type, attribute in attachments
	some use in plan.judged(type)
	regex.match(`^arn:[a-z-]+:iam::aws:policy/AdministratorAccess$`, plan.value(use, attribute))
}

failures contains [role.address, "attaches AdministratorAccess"] if {
	some role in plan.judged("aws_iam_role")
	some arn in plan.items(role.after, "managed_policy_arns")
	regex.match(`^arn:[a-z-]+:iam::aws:policy/AdministratorAccess$`, arn)
}

doubts contains [holder.address, sprintf("%s is known only after apply", [attribute])] if {
	some type, attribute in object.union(documents, guards)
	some holder in plan.judged(type)
	plan.pending(holder, attribute)
}

every_action(statement) if {
	some action in iam.as_list(statement.Action)
	action in {"*", "*:*"}
}

every_action(statement) if statement.NotAction

every_resource(statement) if {
	some resource in iam.as_list(statement.Resource)
	resource == "*"
}

everybody(statement) if statement.Principal == "*"

everybody(statement) if {
	some principal in iam.as_list(statement.Principal.AWS)
	principal == "*"
}
