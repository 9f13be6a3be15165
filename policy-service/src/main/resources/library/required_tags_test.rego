package terrafleet.required_tags_test

import data.terrafleet.lib.fixture
import data.terrafleet.required_tags

said(after, more, wanted) := found if {
	found := fixture.said(required_tags.deny) with data.terrafleet.index as fixture.index([fixture.resource("aws_vpc.v", after, more)])
		with data.params.required_tags as wanted
}

test_names if {
	said({"tags_all": {"owner": "a", "env": "x"}}, {}, ["owner", "env"]) == set()
	said({"tags_all": {"owner": "a"}}, {}, ["owner", "env"]) == {"fail aws_vpc.v"}
	said({"tags_all": {"Owner": "a"}}, {}, ["owner"]) == {"fail aws_vpc.v"}
	said({"tags_all": {"owner": " "}}, {}, ["owner"]) == {"fail aws_vpc.v"}
	said({"tags": null, "tags_all": null}, {}, ["owner"]) == {"fail aws_vpc.v"}
}

test_values if {
	said({"tags_all": {"env": "prod"}}, {}, {"env": ["dev", "prod"]}) == set()
	said({"tags_all": {"env": "test"}}, {}, {"env": ["dev", "prod"]}) == {"fail aws_vpc.v"}
	said({"tags_all": {"env": "test"}}, {}, {"env": []}) == set()
}

test_what_cannot_be_tagged_need_not_be if {
	said({"cidr": "x"}, {}, ["owner"]) == set()
}

test_unknown_tags_are_undecided if {
	said({"tags_all": {}}, {"pending": {"tags": {"owner": true}}}, ["owner"]) == {"undecided aws_vpc.v"}
	said({}, {"pending": {"tags_all": true}}, ["owner"]) == {"undecided aws_vpc.v"}
}

test_without_its_parameter_the_rule_does_not_pass if {
	count(required_tags.deny) == 1 with data.terrafleet.index as fixture.index([])
}
