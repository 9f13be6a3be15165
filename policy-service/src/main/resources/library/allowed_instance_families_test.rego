package terrafleet.allowed_instance_families_test

import data.terrafleet.allowed_instance_families
import data.terrafleet.lib.fixture

said(address, after, more) := found if {
	found := fixture.said(allowed_instance_families.deny) with data.terrafleet.index as fixture.index([fixture.resource(address, after, more)])
		with data.params.allowed_instance_families as ["t3", "m7i.large"]
}

test_families_and_types if {
	said("aws_instance.i", {"instance_type": "t3.micro"}, {}) == set()
	said("aws_instance.i", {"instance_type": "m7i.large"}, {}) == set()
	said("aws_instance.i", {"instance_type": "m7i.xlarge"}, {}) == {"fail aws_instance.i"}
	said("aws_instance.i", {"instance_type": "t3a.micro"}, {}) == {"fail aws_instance.i"}
	said("aws_instance.i", {}, {"pending": {"instance_type": true}}) == {"undecided aws_instance.i"}
}

test_managed_services if {
	said("aws_db_instance.d", {"instance_class": "db.t3.medium"}, {}) == set()
	said("aws_db_instance.d", {"instance_class": "db.r6g.large"}, {}) == {"fail aws_db_instance.d"}
	said("aws_opensearch_domain.o", {"cluster_config": [{"instance_type": "t3.small.search"}]}, {}) == set()
	said("aws_eks_node_group.g", {"instance_types": ["t3.large", "c5.large"]}, {}) == {"fail aws_eks_node_group.g"}
}
