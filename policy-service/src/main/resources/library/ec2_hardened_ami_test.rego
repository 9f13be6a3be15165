package terrafleet.ec2_hardened_ami_test

import data.terrafleet.ec2_hardened_ami
import data.terrafleet.lib.fixture

said(resources) := found if {
	found := fixture.said(ec2_hardened_ami.deny) with data.terrafleet.index as fixture.index(resources)
		with data.params.allowed_amis as ["ami-good", "resolve:ssm:/hardened", {"owner": "1", "name": "hardened-*"}]
}

instance(after, more) := fixture.resource("aws_instance.i", after, more)

template(after, more) := fixture.resource("aws_launch_template.t", after, more)

test_allowed_passes if said([instance({"ami": "ami-good"}, {})]) == set()

test_other_fails if said([instance({"ami": "ami-bad"}, {})]) == {"fail aws_instance.i"}

test_not_known_is_undecided if said([instance({}, {"pending": {"ami": true}})]) == {"undecided aws_instance.i"}

test_without_the_parameter_known_images_pass if {
	fixture.said(ec2_hardened_ami.deny) == set() with data.terrafleet.index as fixture.index([instance({"ami": "ami-bad"}, {})])
}

test_alias if {
	said([template({"image_id": "resolve:ssm:/hardened"}, {})]) == set()
	said([template({"image_id": "resolve:ssm:/other"}, {})]) == {"undecided aws_launch_template.t"}
}

test_image_read_by_the_plan_is_compared_by_owner_and_name if {
	image := {"address": "data.aws_ami.a", "type": "aws_ami", "after": {"id": "ami-read", "owner_id": "1", "name": "hardened-2026"}}
	plan := fixture.index_with_data([instance({"ami": "ami-read"}, {})], [image])
	fixture.said(ec2_hardened_ami.deny) == set() with data.terrafleet.index as plan
		with data.params.allowed_amis as [{"owner": "1", "name": "hardened-*"}]
	fixture.said(ec2_hardened_ami.deny) == {"fail aws_instance.i"} with data.terrafleet.index as plan
		with data.params.allowed_amis as [{"owner": "2", "name": "hardened-*"}]
}

test_image_read_from_the_parameter_of_an_alias if {
	parameter := {"address": "data.aws_ssm_parameter.p", "type": "aws_ssm_parameter", "after": {"name": "/hardened", "value": "ami-read"}}
	plan := fixture.index_with_data([instance({"ami": "ami-read"}, {})], [parameter])
	fixture.said(ec2_hardened_ami.deny) == set() with data.terrafleet.index as plan
		with data.params.allowed_amis as ["resolve:ssm:/hardened", {"owner": "1", "name": "x"}]
	fixture.said(ec2_hardened_ami.deny) == {"fail aws_instance.i"} with data.terrafleet.index as plan
		with data.params.allowed_amis as ["resolve:ssm:/other"]
}

by_reference := instance({"launch_template": [{}]}, {
	"pending": {"launch_template": [{"id": true}]},
	"links": {"launch_template": ["aws_launch_template.t"]},
})

test_template_by_reference if {
	said([template({"image_id": "ami-good"}, {}), by_reference]) == set()
	said([template({"image_id": "ami-bad"}, {}), by_reference]) == {"fail aws_launch_template.t", "fail aws_instance.i"}
	said([template({}, {"pending": {"image_id": true}}), by_reference]) == {"undecided aws_launch_template.t", "undecided aws_instance.i"}
}

test_own_image_overrides_the_template if {
	own := object.union(by_reference, {"after": {"ami": "ami-good"}, "config": {"ami": {"constant_value": "ami-good"}}})
	said([template({"image_id": "ami-bad"}, {"changed": false}), own]) == set()
}

test_template_by_name if {
	user := instance({"launch_template": [{"name": "t"}]}, {})
	said([template({"name": "t", "image_id": "ami-bad"}, {"changed": false}), user]) == {"fail aws_instance.i"}
}

test_foreign_template_is_undecided if {
	said([instance({"launch_template": [{"id": "lt-1"}]}, {})]) == {"undecided aws_instance.i"}
}

test_dynamic_template_means_that_of_the_module if {
	group := fixture.resource("aws_eks_node_group.g", {"launch_template": [{}]}, {"module": "module.a", "pending": {"launch_template": [{"id": true}]}})
	near := template({"image_id": "ami-good"}, {"module": "module.a"})
	far := fixture.resource("aws_launch_template.far", {"image_id": "ami-bad"}, {"module": "module.b", "changed": false})
	said([group, near, far]) == set()
	said([group, far]) == {"fail aws_eks_node_group.g"}
}

test_images_of_aws_are_undecided if {
	said([fixture.resource("aws_eks_node_group.g", {"ami_type": "AL2_x86_64", "launch_template": []}, {})]) == {"undecided aws_eks_node_group.g"}
	said([fixture.resource("aws_batch_compute_environment.b", {"compute_resources": [{"type": "EC2"}]}, {})]) == {"undecided aws_batch_compute_environment.b"}
	said([fixture.resource("aws_batch_compute_environment.b", {"compute_resources": [{"type": "FARGATE_SPOT"}]}, {})]) == set()
}
