package terrafleet.sg_ingress_cidr_test

import data.terrafleet.lib.fixture
import data.terrafleet.sg_ingress_cidr

group(ranges) := fixture.resource("aws_security_group.g", {"ingress": [{"cidr_blocks": ranges}]}, {})

said(resources) := found if {
	found := fixture.said(sg_ingress_cidr.deny) with data.terrafleet.index as fixture.index(resources)
}

test_ranges_inside_pass if {
	said([group(["10.0.0.0/8", "10.255.255.255/32", "10.4.0.0/14"])]) == set()
}

test_every_range_outside_fails if {
	every range in ["10.0.0.0/7", "0.0.0.0/0", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::/0", "::ffff:10.0.0.0/104"] {
		said([group([range])]) == {"fail aws_security_group.g"}
	}
}

test_text_that_is_no_range_fails if {
	every range in ["10.0.0.0/33", "10.0.0.300/32", "010.0.0.0/8", "10.0.0.0", "ten", "10.0.0.0/-1"] {
		said([group([range])]) == {"fail aws_security_group.g"}
	}
}

test_host_bits_are_masked if said([group(["10.1.2.3/8"])]) == set()

test_other_ranges_can_be_allowed if {
	said([group(["192.168.4.0/24", "fd00:1::/32"])]) == set() with data.params.allowed_cidrs as ["192.168.0.0/16", "fd00::/16"]
	said([group(["10.0.0.0/24"])]) == {"fail aws_security_group.g"} with data.params.allowed_cidrs as ["192.168.0.0/16"]
}

test_what_is_left_alone_passes if {
	said([object.union(group(["0.0.0.0/0"]), {"changed": false})]) == set()
}

test_whole_state_sees_what_is_left_alone if {
	said([object.union(group(["0.0.0.0/0"]), {"changed": false})]) == {"fail aws_security_group.g"} with data.params.whole_state as true
}

test_unknown_range_is_undecided if {
	said([object.union(group(["10.0.0.0/8"]), {"pending": {"ingress": [{"ipv6_cidr_blocks": true}]}})]) == {"undecided aws_security_group.g"}
}

test_a_failure_outweighs_a_doubt if {
	said([object.union(group(["0.0.0.0/0"]), {"pending": {"ingress": [{"ipv6_cidr_blocks": [true]}]}})]) == {"fail aws_security_group.g"}
}

test_egress_is_not_ingress if {
	rule := fixture.resource("aws_security_group_rule.r", {"type": "egress", "cidr_blocks": ["0.0.0.0/0"]}, {})
	said([rule]) == set()
}

partners := fixture.resource("aws_ec2_managed_prefix_list.p", {"entry": [{"cidr": "10.1.0.0/16"}]}, {})

extra(range) := fixture.resource("aws_ec2_managed_prefix_list_entry.e", {"cidr": range}, {"links": {"prefix_list_id": ["aws_ec2_managed_prefix_list.p"]}})

by_list := fixture.resource(
	"aws_vpc_security_group_ingress_rule.r",
	{},
	{"pending": {"prefix_list_id": true}, "links": {"prefix_list_id": ["aws_ec2_managed_prefix_list.p"]}},
)

test_prefix_list_of_the_plan_is_joined if {
	said([partners, by_list]) == set()
	said([partners, by_list, extra("10.2.0.0/16")]) == set()
	said([partners, by_list, extra("192.0.2.0/24")]) == {"fail aws_vpc_security_group_ingress_rule.r"}
}

test_prefix_list_read_by_the_plan_is_joined if {
	rule := fixture.resource("aws_security_group_rule.r", {"type": "ingress", "prefix_list_ids": ["pl-1"]}, {})
	list := {"address": "data.aws_ec2_managed_prefix_list.l", "type": "aws_ec2_managed_prefix_list", "after": {"id": "pl-1", "entries": [{"cidr": "8.8.8.0/24"}]}}
	fixture.said(sg_ingress_cidr.deny) == {"fail aws_security_group_rule.r"} with data.terrafleet.index as fixture.index_with_data([rule], [list])
}

test_foreign_prefix_list_is_undecided if {
	rule := fixture.resource("aws_security_group_rule.r", {"type": "ingress", "prefix_list_ids": ["pl-1"]}, {})
	said([rule]) == {"undecided aws_security_group_rule.r"}
}
