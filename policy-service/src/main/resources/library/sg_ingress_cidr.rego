# METADATA
# title: Ingress comes from the corporate range only
# description: |
#   Every range that a security group lets in lies within 10.0.0.0/8 (or the parameter allowed_cidrs). Looks at inline rules in block
#   and attribute form, default security groups, both kinds of separate rules, and the entries of prefix lists. Security groups as
#   a source and self are inside by definition. Network ACLs are not security groups and are left alone.
# custom:
#   parameters: [allowed_cidrs, whole_state]
package terrafleet.sg_ingress_cidr

import data.terrafleet.lib.cidr
import data.terrafleet.lib.plan
import data.terrafleet.lib.prefix_list
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts)

# The types this rule judges: what it says nothing about passes.
covers := {
	"aws_default_security_group",
	"aws_security_group",
	"aws_security_group_rule",
	"aws_vpc_security_group_ingress_rule",
}

failures contains [way.address, message] if {
	some way in ways_in
	some range in way.ranges
	not cidr.allowed(range)
	message := sprintf("lets in %s, which is not within %s", [range, cidr.allowed_text])
}

failures contains [way.address, message] if {
	some way in ways_in
	some list in way.lists
	some range in list.ranges
	not cidr.allowed(range)
	message := sprintf("lets in prefix list %s, whose entry %s is not within %s", [list.name, range, cidr.allowed_text])
}

doubts contains [way.address, message] if {
	some way in ways_in
	some attribute in way.pending
	message := sprintf("lets in %s, which is known only after apply", [attribute])
}

doubts contains [way.address, message] if {
	some way in ways_in
	some id in way.foreign_lists
	message := sprintf("lets in prefix list %s, whose entries are not in this plan", [id])
}

doubts contains [way.address, message] if {
	some way in ways_in
	some list in way.lists
	list.open
	message := sprintf("lets in prefix list %s, of which an entry is known only after apply", [list.name])
}

# Every way in, in one shape: address, known ranges, attributes that are pending, prefix lists whose entries are known to the plan,
# and the ids of other prefix lists.
ways_in contains way if {
	some group in groups
	some i, block in plan.items(group.after, "ingress")
	way := way_in(group, "ingress", block, inline_pending(group, i))
}

ways_in contains way if {
	some group in groups
	group.pending.ingress == true
	way := {"address": group.address, "ranges": [], "lists": [], "foreign_lists": [], "pending": ["ingress"]}
}

ways_in contains way if {
	some rule in plan.judged("aws_security_group_rule")
	rule.after.type == "ingress"
	way := way_in(rule, "prefix_list_ids", rule.after, rule.pending)
}

ways_in contains way if {
	some rule in plan.judged("aws_security_group_rule")
	rule.pending.type == true
	way := {"address": rule.address, "ranges": [], "lists": [], "foreign_lists": [], "pending": ["type"]}
}

ways_in contains way if {
	some rule in plan.judged("aws_vpc_security_group_ingress_rule")
	way := way_in(rule, "prefix_list_id", rule.after, rule.pending)
}

groups := array.concat(plan.judged("aws_security_group"), plan.judged("aws_default_security_group"))

range_attributes := ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]

list_attributes := ["prefix_list_ids", "prefix_list_id"]

way_in(resource, link, block, marks) := {
	"address": resource.address,
	"ranges": texts(block, range_attributes),
	"lists": array.concat([prefix_list.by_id[id] | some id in ids], linked),
	"foreign_lists": [id | some id in ids; not prefix_list.by_id[id]],
	"pending": array.concat(marked(marks, range_attributes), untraced),
} if {
	ids := texts(block, list_attributes)
	pending_lists := marked(marks, list_attributes)
	linked := [list | count(pending_lists) > 0; some list in prefix_list.linked(resource, link)]
	untraced := [name | count(linked) == 0; some name in pending_lists]
}

inline_pending(group, i) := marks if {
	marks := group.pending.ingress[i]
	is_object(marks)
} else := {}

marked(marks, names) := [name | some name in names; plan.is_pending(object.get(marks, name, false))]

# The texts of attributes that hold one text or a list of them.
texts(block, names) := array.concat(
	[text | some name in names; text := block[name]; is_string(text); text != ""],
	[text | some name in names; some text in plan.items(block, name); is_string(text)],
)
