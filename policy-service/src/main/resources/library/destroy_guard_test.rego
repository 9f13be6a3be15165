package terrafleet.destroy_guard_test

import data.terrafleet.destroy_guard
import data.terrafleet.lib.fixture

said(type, actions) := found if {
	change := {"address": concat("", [type, ".x"]), "type": type, "mode": "managed", "change": {"actions": actions}}
	found := fixture.said(destroy_guard.deny) with input.plan as {"resource_changes": [change]}
}

test_destroying_and_replacing if {
	said("aws_db_instance", ["delete"]) == {"fail aws_db_instance.x"}
	said("aws_db_instance", ["delete", "create"]) == {"fail aws_db_instance.x"}
	said("aws_db_instance", ["create", "delete"]) == {"fail aws_db_instance.x"}
	said("aws_db_instance", ["update"]) == set()
	said("aws_db_instance", ["forget"]) == set()
	said("aws_security_group", ["delete"]) == set()
}

test_parameters if {
	said("aws_vpc", ["delete"]) == {"fail aws_vpc.x"} with data.params.stateful_types as ["aws_vpc"]
	said("aws_db_instance", ["delete"]) == set() with data.params.destroy_allowed as ["aws_db_instance.x"]
}
