# METADATA
# title: The resources of a plan
# description: |
#   Rules read the plan through data.terrafleet.index, which is made once for each plan:
#     by_type[TYPE]     the managed resources of a type that exist after the apply
#     by_address[ADDR]  the same by address
#     data[ADDR]        data sources, read already or to be read during the apply
#   A resource has address, type, name, module, index, action, changed, and
#     after     the values that are known
#     pending   the same shape, true where the configuration gives a value that is known only after apply
#     config    the expressions of the configuration
#     links     attribute -> addresses that its expression refers to, followed through modules and variables
#   A value that is neither in after nor pending is not configured: the provider or AWS decides it.
package terrafleet.lib.plan

# All resources of a type, changed or not.
all_of(type) := object.get(data.terrafleet.index.by_type, type, [])

# The resources of a type that this plan creates, updates or replaces. With the parameter whole_state also those it leaves alone.
judged(type) := [r | some r in all_of(type); in_scope(r)]

in_scope(r) if r.changed

in_scope(_) if data.params.whole_state == true

resource(address) := data.terrafleet.index.by_address[address]

# The known value of an attribute; undefined when it is null, not set or not known yet.
value(r, name) := v if {
	v := r.after[name]
	v != null
}

# Whether a value that the configuration gives is known only after apply.
pending(r, name) if is_pending(object.get(r.pending, name, false))

is_pending(mark) if mark == true

is_pending(mark) if {
	is_array(mark)
	true in mark
}

# Whether the configuration says anything about an attribute.
configured(r, name) if {
	expression := r.config[name]
	object.get(expression, "constant_value", true) != null
}

# Whether an attribute has a value that means something: not null, not empty.
given(r, name) if {
	v := value(r, name)
	not v in {"", false}
	v != []
}

given(r, name) if pending(r, name)

# The resources of a type that an attribute refers to.
linked(r, name, type) := [target |
	some address in object.get(r.links, name, [])
	target := resource(address)
	target.type == type
]

# The items of a list attribute of a block; null and absent are empty.
items(block, name) := list if {
	list := object.get(block, name, [])
	is_array(list)
} else := []
