# METADATA
# title: Resources carry the required tags
# description: |
#   Every resource that can be tagged carries the tags of data.params.required_tags, a list of names, or an object that gives each name
#   the values allowed: {"env": ["dev", "prod"], "owner": []} (an empty list allows any). Tags of the provider's default_tags count. Names
#   compare exactly; a value that is blank is none.
# custom:
#   parameters: [required_tags, whole_state]
package terrafleet.required_tags

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts) | report.missing("required_tags")

# Every type of the plan that has tags_all is judged.
covers := {type |
	some type, resources in data.terrafleet.index.by_type
	some resource in resources
	can_be_tagged(resource)
}

# name -> allowed values, any when empty.
required := data.params.required_tags if is_object(data.params.required_tags)

required := {name: [] | some name in data.params.required_tags} if is_array(data.params.required_tags)

can_be_tagged(resource) if "tags_all" in object.keys(resource.after)

can_be_tagged(resource) if resource.pending.tags_all

can_be_tagged(resource) if "tags" in object.keys(resource.after)

tagged contains resource if {
	some _, resources in data.terrafleet.index.by_type
	some resource in resources
	plan.in_scope(resource)
	can_be_tagged(resource)
}

failures contains [resource.address, message] if {
	some resource in tagged
	some name, _ in required
	not has(resource, name)
	not open(resource, name)
	message := sprintf("has no tag %q", [name])
}

failures contains [resource.address, message] if {
	some resource in tagged
	some name, allowed in required
	count(allowed) > 0
	value := tags(resource)[name]
	is_string(value)
	not value in allowed
	message := sprintf("tag %q is %q, not one of %s", [name, value, concat(", ", allowed)])
}

doubts contains [resource.address, message] if {
	some resource in tagged
	some name, _ in required
	not has(resource, name)
	open(resource, name)
	message := sprintf("tag %q is known only after apply", [name])
}

tags(resource) := object.union(own(resource, "tags_all"), own(resource, "tags"))

own(resource, attribute) := found if {
	found := resource.after[attribute]
	is_object(found)
} else := {}

has(resource, name) if trim_space(tags(resource)[name]) != ""

open(resource, name) if {
	some attribute in ["tags", "tags_all"]
	mark := resource.pending[attribute]
	not object.get({"mark": mark}, ["mark", name], mark) in {false, {}}
}
