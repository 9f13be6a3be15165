# METADATA
# title: Policy documents that resources hold
package terrafleet.lib.document

import data.terrafleet.lib.iam
import data.terrafleet.lib.plan
import data.terrafleet.lib.sensitive

# type -> attribute, of documents that give rights to whom they are attached.
identity := {
	"aws_iam_policy": "policy",
	"aws_iam_role_policy": "policy",
	"aws_iam_user_policy": "policy",
	"aws_iam_group_policy": "policy",
	"aws_ssoadmin_permission_set_inline_policy": "inline_policy",
}

# type -> attribute and what it is attached to, of documents that guard a resource. They matter where the resource is sensitive.
guarding := {
	"aws_s3_bucket_policy": {"attribute": "policy", "guards": "bucket"},
	"aws_s3_access_point": {"attribute": "policy", "guards": "bucket"},
	"aws_secretsmanager_secret_policy": {"attribute": "policy", "guards": "secret_arn"},
	"aws_dynamodb_resource_policy": {"attribute": "policy", "guards": "resource_arn"},
	"aws_kms_key_policy": {"attribute": "policy", "guards": "key_id"},
	"aws_s3_bucket": {"attribute": "policy", "guards": ""},
	"aws_secretsmanager_secret": {"attribute": "policy", "guards": ""},
	"aws_kms_key": {"attribute": "policy", "guards": ""},
}

# [resource, attribute] of every document to be judged.
places contains [resource, attribute] if {
	sensitive.declared
	some type, attribute in identity
	some resource in plan.judged(type)
}

places contains [resource, place.attribute] if {
	sensitive.declared
	some type, place in guarding
	some resource in plan.judged(type)
	not guards_other(resource, place.guards)
}

# The documents that are known, with their statements.
held contains {"resource": resource, "attribute": attribute, "statements": statements} if {
	some [resource, attribute] in places
	text := plan.value(resource, attribute)
	text != ""
	statements := iam.statements(text)
}

held contains {"resource": role, "attribute": "inline_policy", "statements": statements} if {
	sensitive.declared
	some role in plan.judged("aws_iam_role")
	some inline in plan.items(role.after, "inline_policy")
	statements := iam.statements(inline.policy)
}

# What is known already of a document that is not.
held contains {"resource": resource, "attribute": attribute, "statements": statements} if {
	some [resource, attribute] in places
	plan.pending(resource, attribute)
	some source in deferred_sources(resource, attribute)
	statements := known_statements(source)
}

unreadable contains {"resource": resource, "attribute": attribute} if {
	some [resource, attribute] in places
	text := plan.value(resource, attribute)
	text != ""
	not iam.statements(text)
}

open contains {"resource": resource, "attribute": attribute} if {
	some [resource, attribute] in places
	plan.pending(resource, attribute)
	not cannot_reach(resource, attribute)
}

open contains {"resource": role, "attribute": "inline_policy"} if {
	sensitive.declared
	some role in plan.judged("aws_iam_role")
	inline_pending(object.get(role.pending, "inline_policy", false))
}

inline_pending(mark) if mark == true

inline_pending(mark) if {
	some inline in mark
	inline.policy == true
}

# The sensitive patterns that the statements reach, after what they deny.
reached(statements) := {target.pattern |
	some statement in statements
	iam.allows(statement)
	some target in sensitive.targets
	some action in sensitive.actions(target.service)
	iam.covers_action(statement, action)
	iam.touches(statement, target.pattern)
	not taken_back(statements, action, target.pattern)
}

taken_back(statements, action, pattern) if {
	some statement in statements
	iam.denies(statement)
	iam.covers_action(statement, action)
	iam.holds_for_all(statement, pattern)
}

# Whether a guarding policy guards something that is certainly not sensitive.
guards_other(resource, "") if not sensitive.is_sensitive(resource)

guards_other(resource, attribute) if {
	attribute != ""
	name := plan.value(resource, attribute)
	not sensitive_name(name)
}

guards_other(resource, attribute) if {
	attribute != ""
	linked := object.get(resource.links, attribute, [])
	count(linked) > 0
	every address in linked {
		sensitive.is_harmless(plan.resource(address))
	}
}

sensitive_name(name) if sensitive.sensitive_arn(name)

sensitive_name(name) if {
	not startswith(name, "arn:")
	sensitive.sensitive_arn(concat("", ["arn:aws:s3:::", name]))
}

# The aws_iam_policy_document sources of a pending policy, when it is made of nothing else.
deferred_sources(resource, attribute) := [source |
	some address in object.get(resource.links, attribute, [])
	source := data.terrafleet.index.data[address]
	source.type == "aws_iam_policy_document"
]

cannot_reach(resource, attribute) if {
	links := object.get(resource.links, attribute, [])
	sources := deferred_sources(resource, attribute)
	count(sources) > 0
	count(sources) == count(links)
	every source in sources {
		harmless(source)
	}
}

harmless(source) if {
	every name in ["source_policy_documents", "override_policy_documents", "source_json", "override_json"] {
		not plan.given(source, name)
	}
	is_array(object.get(source.after, "statement", []))
	not source.pending.statement == true
	count([statement | some i, statement in plan.items(source.after, "statement"); may_reach(source, i, statement)]) == 0
}

# Whether a statement may reach sensitive data once it is known.
may_reach(source, i, statement) if {
	allowing(statement)
	statement_pending(source, i, ["actions", "not_actions"])
	not resources_harmless(source, i, statement)
}

may_reach(source, i, statement) if {
	allowing(statement)
	not statement_pending(source, i, ["actions", "not_actions"])
	statement_pending(source, i, ["resources", "not_resources"])
	some name in sensitive.services
	some action in sensitive.actions(name)
	iam.covers_action(as_iam(statement), action)
	not resources_harmless(source, i, statement)
}

may_reach(source, i, statement) if {
	allowing(statement)
	not statement_pending(source, i, ["actions", "not_actions"])
	not statement_pending(source, i, ["resources", "not_resources"])
	count(reached([as_iam(statement)])) > 0
}

allowing(statement) if object.get(statement, "effect", null) in {null, "Allow"}

statement_pending(source, i, names) if {
	marks := source.pending.statement[i]
	some name in names
	plan.is_pending(object.get(marks, name, false))
}

# The unknown resources all belong to resources of the plan that are not sensitive, and the known ones reach nothing.
resources_harmless(source, i, statement) if {
	not statement_pending(source, i, ["not_resources"])
	links := object.get(source.links, "statement", [])
	count(links) > 0
	every address in links {
		sensitive.is_harmless(plan.resource(address))
	}
	count(reached([as_iam(statement)])) == 0
}

known_statements(source) := [as_iam(statement) | some statement in plan.items(source.after, "statement")]

# A statement of the data source in the form of IAM, without what is not known.
as_iam(statement) := object.union_n([
	{"Effect": "Allow"},
	member("Effect", [effect | effect := statement.effect; is_string(effect)]),
	{key: texts |
		some key, name in {"Action": "actions", "NotAction": "not_actions", "Resource": "resources", "NotResource": "not_resources"}
		texts := [text | some text in plan.items(statement, name); is_string(text)]
		count(texts) > 0
	},
])

member(key, values) := {key: value | some value in values}
