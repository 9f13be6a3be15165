# METADATA
# title: Managed prefix lists
# description: Joins prefix lists with their entries and with the rules that use them, by id where it is known, else by reference.
package terrafleet.lib.prefix_list

import data.terrafleet.lib.plan

# address -> {name, ranges, open}, of the prefix lists of this plan. Open: an entry is known only after apply.
by_address := {list.address: entries |
	some list in plan.all_of("aws_ec2_managed_prefix_list")
	entries := {"name": list.address, "ranges": own_ranges(list) | added_ranges(list), "open": is_open(list)}
}

# id -> the same, of the lists whose id is known, those that data sources have read among them.
by_id := object.union(
	{source.after.id: entries |
		some source in data.terrafleet.index.data
		source.type in {"aws_ec2_managed_prefix_list", "aws_prefix_list"}
		entries := {"name": source.after.id, "ranges": read_ranges(source), "open": false}
	},
	{list.after.id: by_address[list.address] |
		some list in plan.all_of("aws_ec2_managed_prefix_list")
		is_string(list.after.id)
	},
)

# The lists of this plan that an attribute refers to.
linked(resource, attribute) := [by_address[list.address] |
	some list in plan.linked(resource, attribute, "aws_ec2_managed_prefix_list")
]

read_ranges(source) := {entry.cidr | some entry in plan.items(source.after, "entries")} |
	{range | some range in plan.items(source.after, "cidr_blocks")}

own_ranges(list) := {entry.cidr | some entry in plan.items(list.after, "entry")}

added_ranges(list) := {range |
	some entry in object.get(separate_entries, list.address, [])
	range := entry.after.cidr
}

separate_entries[address] contains entry if {
	some entry in plan.all_of("aws_ec2_managed_prefix_list_entry")
	some address in lists_of(entry)
}

lists_of(entry) := {list.address | some list in plan.linked(entry, "prefix_list_id", "aws_ec2_managed_prefix_list")} |
	{address |
		some address, list in by_known_id
		list == entry.after.prefix_list_id
	}

by_known_id := {list.address: list.after.id |
	some list in plan.all_of("aws_ec2_managed_prefix_list")
	is_string(list.after.id)
}

default is_open(_) := false

is_open(list) if some_pending(list)

is_open(list) if {
	some entry in object.get(separate_entries, list.address, [])
	plan.pending(entry, "cidr")
}

some_pending(list) if list.pending.entry == true

some_pending(list) if {
	some entry in plan.items(list.pending, "entry")
	entry.cidr == true
}
