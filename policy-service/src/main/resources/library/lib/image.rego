# METADATA
# title: Machine images and the allow-list
package terrafleet.lib.image

import data.terrafleet.lib.plan

# Without the parameter every known image is allowed.
allowed(_) if not data.params.allowed_amis

allowed(ami) if ami in data.params.allowed_amis

allowed(ami) if {
	some permitted in data.params.allowed_amis
	is_object(permitted)
	some read in read_images
	read.id == ami
	read.owner_id == permitted.owner
	glob.match(permitted.name, [], read.name)
}

# What the plan has read from a parameter of SSM is the image behind its alias.
allowed(ami) if {
	some permitted in data.params.allowed_amis
	startswith(permitted, "resolve:ssm:")
	some read in read_parameters
	read.name == trim_prefix(permitted, "resolve:ssm:")
	ami in {object.get(read, "value", ""), object.get(read, "insecure_value", "")}
}

read_parameters := [source.after |
	some source in data.terrafleet.index.data
	source.type == "aws_ssm_parameter"
]

# An alias is resolved when a machine starts.
open(ami) if startswith(ami, "resolve:ssm:")

read_images := [source.after |
	some source in data.terrafleet.index.data
	source.type == "aws_ami"
]

attributes := {
	"aws_instance": "ami",
	"aws_spot_instance_request": "ami",
	"aws_launch_template": "image_id",
	"aws_launch_configuration": "image_id",
}

# {address, ami} of all resources that name an image.
own contains {"address": resource.address, "ami": ami} if {
	some type, attribute in attributes
	some resource in plan.judged(type)
	not overridden(resource)
	ami := plan.value(resource, attribute)
	ami != ""
}

own contains {"address": fleet.address, "ami": specification.ami} if {
	some fleet in plan.judged("aws_spot_fleet_request")
	some specification in plan.items(fleet.after, "launch_specification")
}

own contains {"address": environment.address, "ami": ami} if {
	some environment in plan.judged("aws_batch_compute_environment")
	some ami in batch_images(environment)
}

# Provider and AWS fill in the image of a machine that is started by its template: then the template is judged.
overridden(resource) if {
	resource.type in {"aws_instance", "aws_spot_instance_request"}
	not plan.configured(resource, "ami")
	plan.given(resource, "launch_template")
}

pending contains resource.address if {
	some type, attribute in attributes
	some resource in plan.judged(type)
	plan.pending(resource, attribute)
}

pending contains fleet.address if {
	some fleet in plan.judged("aws_spot_fleet_request")
	some specification in plan.items(fleet.pending, "launch_specification")
	specification.ami == true
}

pending contains environment.address if {
	some environment in plan.judged("aws_batch_compute_environment")
	some resources in plan.items(environment.pending, "compute_resources")
	batch_pending(resources)
}

batch_pending(resources) if resources.image_id == true

batch_pending(resources) if {
	some configuration in plan.items(resources, "ec2_configuration")
	configuration.image_id_override == true
}

batch_images(environment) := {ami |
	some resources in plan.items(environment.after, "compute_resources")
	some ami in array.concat(
		[object.get(resources, "image_id", null)],
		[object.get(configuration, "image_id_override", null) | some configuration in plan.items(resources, "ec2_configuration")],
	)
	is_string(ami)
	ami != ""
}

# Whether the resource names an image itself, known or not.
names_own(resource) if {
	attribute := attributes[resource.type]
	plan.given(resource, attribute)
	not overridden(resource)
}

names_own(resource) if resource.address in pending

names_own(resource) if {
	resource.type == "aws_batch_compute_environment"
	count(batch_images(resource)) > 0
}

of_template(template) := ami if {
	ami := plan.value(template, "image_id")
	ami != ""
}

template_pending(template) if plan.pending(template, "image_id")
