# METADATA
# title: Data declared as sensitive
# description: |
#   data.params.phi_resources says what is sensitive: "arns" (patterns), "tag" (a resource of the plan that carries one of these tags is
#   sensitive too) and "approval_tags". Without it nothing is.
package terrafleet.lib.sensitive

import data.terrafleet.lib.iam
import data.terrafleet.lib.plan

declared if data.params.phi_resources

# {service, pattern} of everything sensitive.
targets contains {"service": service(arn), "pattern": arn} if some arn in data.params.phi_resources.arns

targets contains {"service": service(arn), "pattern": pattern} if {
	some type in object.keys(arn_forms)
	some resource in plan.all_of(type)
	tagged(resource)
	some arn in natural_arns(resource)
	some pattern in [arn, concat("", [arn, "/*"])]
}

services := {target.service | some target in targets}

service(arn) := split(arn, ":")[2]

# type -> its ARN, up to the name that the attribute holds.
arn_forms := {
	"aws_s3_bucket": {"prefix": "arn:aws:s3:::", "attribute": "bucket", "suffix": ""},
	"aws_dynamodb_table": {"prefix": "arn:aws:dynamodb:*:*:table/", "attribute": "name", "suffix": ""},
	"aws_secretsmanager_secret": {"prefix": "arn:aws:secretsmanager:*:*:secret:", "attribute": "name", "suffix": "-??????"},
}

natural_arns(resource) := {arn |
	form := arn_forms[resource.type]
	name := plan.value(resource, form.attribute)
	arn := concat("", [form.prefix, name, form.suffix])
} | {arn | arn := plan.value(resource, "arn")}

tagged(resource) if {
	some key, value in data.params.phi_resources.tag
	some tags in ["tags", "tags_all"]
	resource.after[tags][key] == value
}

# Whether a resource of the plan is sensitive: yes, no, or undefined when its name is not known yet.
is_sensitive(resource) if tagged(resource)

is_sensitive(resource) if {
	some arn in natural_arns(resource)
	sensitive_arn(arn)
}

is_harmless(resource) if {
	not is_sensitive(resource)
	count(natural_arns(resource)) > 0
}

# What is not of a service with sensitive data cannot be sensitive.
is_harmless(resource) if {
	every name in services {
		not startswith(resource.type, concat("", ["aws_", object.get(type_words, name, name)]))
	}
	startswith(resource.type, "aws_")
}

type_words := {"es": "opensearch", "elasticfilesystem": "efs", "rds-db": "rds", "rds-data": "rds"}

sensitive_arn(arn) if {
	some target in targets
	same_place(split(arn, ":"), split(target.pattern, ":"))
}

# Two complete ARNs compare part by part: a wildcard for the region does not reach into the name.
same_place(a, b) if {
	every i in [0, 1, 2, 3, 4] {
		iam.overlaps(a[i], b[i])
	}
	iam.overlaps(concat(":", array.slice(a, 5, count(a))), concat(":", array.slice(b, 5, count(b))))
}

# A resource is approved when it carries all approval tags, each with a value.
approved(resource) if {
	names := object.get(data.params.phi_resources, "approval_tags", [])
	count(names) > 0
	tags := object.union(tags_of(resource, "tags_all"), tags_of(resource, "tags"))
	every name in names {
		is_string(tags[name])
		trim_space(tags[name]) != ""
	}
}

tags_of(resource, name) := tags if {
	tags := resource.after[name]
	is_object(tags)
} else := {}

# The actions that read, write, list or pass on the data itself, by service. Of other services every action counts.
data_actions := {
	"s3": [
		"s3:getobject", "s3:getobjectversion", "s3:getobjectacl", "s3:getobjecttorrent", "s3:getobjectversiontorrent",
		"s3:getobjectversionforreplication", "s3:listbucket", "s3:listbucketversions", "s3:listmultipartuploadparts",
		"s3:putobject", "s3:putobjectacl", "s3:putobjectversionacl", "s3:deleteobject", "s3:deleteobjectversion",
		"s3:restoreobject", "s3:replicateobject", "s3:replicatedelete", "s3:objectowneroverridetobucketowner",
		"s3:putbucketpolicy", "s3:putbucketacl", "s3:deletebucketpolicy", "s3:putreplicationconfiguration",
		"s3:putinventoryconfiguration",
	],
	"dynamodb": [
		"dynamodb:getitem", "dynamodb:batchgetitem", "dynamodb:query", "dynamodb:scan", "dynamodb:putitem",
		"dynamodb:updateitem", "dynamodb:deleteitem", "dynamodb:batchwriteitem", "dynamodb:conditioncheckitem",
		"dynamodb:partiqlselect", "dynamodb:partiqlinsert", "dynamodb:partiqlupdate", "dynamodb:partiqldelete",
		"dynamodb:getrecords", "dynamodb:exporttabletopointintime", "dynamodb:createbackup",
		"dynamodb:restoretablefrombackup", "dynamodb:restoretabletopointintime", "dynamodb:startawsbackupjob",
		"dynamodb:putresourcepolicy",
	],
	"secretsmanager": [
		"secretsmanager:getsecretvalue", "secretsmanager:batchgetsecretvalue", "secretsmanager:putsecretvalue",
		"secretsmanager:updatesecret", "secretsmanager:replicatesecrettoregions", "secretsmanager:putresourcepolicy",
	],
	"kms": [
		"kms:decrypt", "kms:reencryptfrom", "kms:generatedatakey", "kms:generatedatakeypair", "kms:creategrant",
		"kms:putkeypolicy",
	],
	"ssm": ["ssm:getparameter", "ssm:getparameters", "ssm:getparametersbypath", "ssm:getparameterhistory", "ssm:putparameter"],
}

actions(name) := object.get(data_actions, name, [concat("", [name, ":getdata"])])
