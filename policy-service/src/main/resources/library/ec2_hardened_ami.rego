# METADATA
# title: Machines start from hardened images only
# description: |
#   Instances, spot requests, launch templates and configurations, groups, node groups, fleets and batch environments use AMIs of the
#   allow-list. data.params.allowed_amis is a list; an entry is an AMI id, an SSM alias (resolve:ssm:/path), or an object
#   {"owner": "123456789012", "name": "hardened-*"} that is compared with what a data.aws_ami of the plan has read. An alias also
#   allows the id that a data.aws_ssm_parameter of the plan has read under its path. Without the parameter an AMI that is known is left
#   alone, but one that nobody can know from the plan is still undecided.
#   A machine's own AMI overrides that of its launch template. A group is judged by the template it uses: by reference, by id or name,
#   or, where the block is dynamic and its expression invisible, by all templates of its module.
# custom:
#   parameters: [allowed_amis, whole_state]
package terrafleet.ec2_hardened_ami

import data.terrafleet.lib.image
import data.terrafleet.lib.plan
import data.terrafleet.lib.report
import data.terrafleet.lib.template

deny := report.verdicts(failures, doubts)

# The types this rule judges: what it says nothing about passes.
covers := {
	"aws_autoscaling_group",
	"aws_batch_compute_environment",
	"aws_ec2_fleet",
	"aws_eks_node_group",
	"aws_instance",
	"aws_launch_configuration",
	"aws_launch_template",
	"aws_spot_fleet_request",
	"aws_spot_instance_request",
}

# Images named by the resource itself.
failures contains [own.address, message] if {
	some own in image.own
	not image.allowed(own.ami)
	not image.open(own.ami)
	message := sprintf("uses %s, which is not an allowed AMI", [own.ami])
}

doubts contains [own.address, message] if {
	some own in image.own
	not image.allowed(own.ami)
	image.open(own.ami)
	message := sprintf("uses %s, which is known only when a machine starts", [own.ami])
}

doubts contains [address, "uses an AMI that is known only after apply"] if some address in image.pending

# Images of the launch templates and launch configurations that a resource uses.
failures contains [user.address, message] if {
	some user in template.users
	some used in user.templates
	ami := image.of_template(used)
	not image.allowed(ami)
	not image.open(ami)
	message := sprintf("uses %s through %s, which is not an allowed AMI", [ami, used.address])
}

doubts contains [user.address, message] if {
	some user in template.users
	some used in user.templates
	ami := image.of_template(used)
	not image.allowed(ami)
	image.open(ami)
	message := sprintf("uses %s through %s, which is known only when a machine starts", [ami, used.address])
}

doubts contains [user.address, message] if {
	some user in template.users
	some used in user.templates
	image.template_pending(used)
	message := sprintf("uses an AMI through %s that is known only after apply", [used.address])
}

doubts contains [user.address, message] if {
	some user in template.users
	some name in user.foreign
	message := sprintf("uses launch template %s, which is not in this plan", [name])
}

# Images that AWS chooses.
doubts contains [group.address, message] if {
	some group in plan.judged("aws_eks_node_group")
	not template.brings_image(group)
	message := sprintf("uses the AMI that AWS manages for %s, not one of the allow-list", [object.get(group.after, "ami_type", "its type")])
}

doubts contains [environment.address, "uses the AMI that AWS manages for Batch, not one of the allow-list"] if {
	some environment in plan.judged("aws_batch_compute_environment")
	some resources in plan.items(environment.after, "compute_resources")
	not startswith(object.get(resources, "type", ""), "FARGATE")
	not image.names_own(environment)
	not template.brings_image(environment)
}
