# METADATA
# title: Launch templates and who uses them
package terrafleet.lib.template

import data.terrafleet.lib.image
import data.terrafleet.lib.plan

# type -> the attributes in which it names launch templates or launch configurations.
attributes := {
	"aws_instance": ["launch_template"],
	"aws_spot_instance_request": ["launch_template"],
	"aws_autoscaling_group": ["launch_template", "mixed_instances_policy", "launch_configuration"],
	"aws_eks_node_group": ["launch_template"],
	"aws_ec2_fleet": ["launch_template_config"],
	"aws_spot_fleet_request": ["launch_template_config"],
	"aws_batch_compute_environment": ["compute_resources"],
}

template_types := ["aws_launch_template", "aws_launch_configuration"]

all := [template | some type in template_types; some template in plan.all_of(type)]

# {address, templates, foreign}: who uses templates of this plan, or others by id or name.
users := [user |
	some type, names in attributes
	some resource in plan.judged(type)
	not image.names_own(resource)
	user := {
		"address": resource.address,
		"templates": used(resource),
		"foreign": foreign(resource),
	}
	count(user.templates) + count(user.foreign) > 0
]

used(resource) := [template |
	some address in linked(resource) | named(resource) | dynamic(resource)
	template := plan.resource(address)
]

linked(resource) := {address |
	some name in attributes[resource.type]
	some address in object.get(resource.links, name, [])
	plan.resource(address).type in template_types
}

named(resource) := {by_name[name] | some name in names(resource)}

foreign(resource) := {name |
	count(linked(resource)) == 0
	some name in names(resource)
	not by_name[name]
	not a_template_has_id(resource, name)
} | {"(known only after apply)" |
	unresolved(resource)
	count(used(resource)) == 0
}

# The name beside an id that is known already says the same thing twice.
a_template_has_id(resource, name) if {
	some other in names(resource)
	other != name
	by_name[other]
}

# id and name -> address.
by_name := object.union(
	{template.after.id: template.address | some template in all; is_string(template.after.id)},
	{template.after.name: template.address | some template in all; is_string(template.after.name)},
)

# The ids and names in all launch template specifications of the resource.
names(resource) := {name |
	some specification in specifications(resource)
	some key in ["id", "name", "launch_template_id", "launch_template_name"]
	name := specification[key]
	is_string(name)
	name != ""
} | {name |
	name := resource.after.launch_configuration
	is_string(name)
	name != ""
}

specifications(resource) := array.concat(
	array.concat(
		plan.items(resource.after, "launch_template"),
		[found |
			some block in ["launch_template_config", "compute_resources"]
			some outer in plan.items(resource.after, block)
			some inner in ["launch_template_specification", "launch_template"]
			some found in plan.items(outer, inner)
		],
	),
	mixed(resource),
)

mixed(resource) := array.concat(
	[found |
		some policy in plan.items(resource.after, "mixed_instances_policy")
		some template in plan.items(policy, "launch_template")
		some found in plan.items(template, "launch_template_specification")
	],
	[found |
		some policy in plan.items(resource.after, "mixed_instances_policy")
		some template in plan.items(policy, "launch_template")
		some override in plan.items(template, "override")
		some found in plan.items(override, "launch_template_specification")
	],
)

# The templates of the resource's module, when the plan does not show which of them a dynamic block means; of the whole plan when the
# module has none.
dynamic(resource) := candidates if {
	unresolved(resource)
	siblings := {template.address | some template in by_module[resource.module]}
	candidates := any_of(siblings, {template.address | some template in all})
} else := set()

any_of(siblings, _) := siblings if count(siblings) > 0

any_of(siblings, everywhere) := everywhere if count(siblings) == 0

by_module[module] contains template if {
	some template in all
	module := template.module
}

unresolved(resource) if {
	count(linked(resource)) == 0
	count(named(resource)) == 0
	some name in attributes[resource.type]
	names_template_later(name, object.get(resource.pending, name, false))
}

names_template_later(_, mark) if mark == true

names_template_later("launch_template", mark) if {
	some block in mark
	block.id == true
}

names_template_later("mixed_instances_policy", mark) if is_array(mark)

names_template_later("launch_template_config", mark) if is_array(mark)

names_template_later("compute_resources", mark) if {
	some block in mark
	block.launch_template
}

# Whether the resource uses a template that names an image, or may.
brings_image(resource) if {
	some template in used(resource)
	plan.given(template, "image_id")
}

brings_image(resource) if count(foreign(resource)) > 0
