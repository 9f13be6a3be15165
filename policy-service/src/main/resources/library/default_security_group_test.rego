package terrafleet.default_security_group_test

import data.terrafleet.default_security_group
import data.terrafleet.lib.fixture

said(resources) := found if {
	found := fixture.said(default_security_group.deny) with data.terrafleet.index as fixture.index(resources)
}

group(after, more) := fixture.resource("aws_default_security_group.d", after, more)

test_rules_inside if {
	said([group({}, {})]) == set()
	said([group({"ingress": [], "egress": []}, {})]) == set()
	said([group({"ingress": [{"self": true}]}, {})]) == {"fail aws_default_security_group.d"}
	said([group({}, {"pending": {"egress": true}})]) == {"undecided aws_default_security_group.d"}
}

test_rules_beside if {
	rule := fixture.resource("aws_vpc_security_group_ingress_rule.r", {}, {"links": {"security_group_id": ["aws_default_security_group.d"]}})
	said([group({}, {}), rule]) == {"fail aws_vpc_security_group_ingress_rule.r"}
}
