package terrafleet.allowed_regions_test

import data.terrafleet.allowed_regions
import data.terrafleet.lib.fixture

said(expression, resources) := found if {
	plan := {"variables": {"r": {"value": "us-west-2"}}, "configuration": {"provider_config": {"aws": {"name": "aws", "expressions": {"region": expression}}}}}
	found := fixture.said(allowed_regions.deny) with data.terrafleet.index as fixture.index(resources)
		with data.params.allowed_regions as ["eu-west-1", "eu-central-1"]
		with input.plan as plan
}

test_provider if {
	said({"constant_value": "eu-west-1"}, []) == set()
	said({"constant_value": "us-east-1"}, []) == {"fail provider.aws"}
	said({"references": ["var.r"]}, []) == {"fail provider.aws"}
	said({}, []) == {"undecided provider.aws"}
}

test_resources if {
	said({"constant_value": "eu-west-1"}, [fixture.resource("aws_subnet.s", {"availability_zone": "us-east-1a"}, {})]) == {"fail aws_subnet.s"}
	said({"constant_value": "eu-west-1"}, [fixture.resource("aws_subnet.s", {"availability_zone": "eu-central-1b"}, {})]) == set()
	said({"constant_value": "eu-west-1"}, [fixture.resource("aws_vpc.v", {"region": "us-gov-west-1"}, {})]) == {"fail aws_vpc.v"}
}
