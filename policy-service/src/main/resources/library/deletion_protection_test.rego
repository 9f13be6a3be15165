package terrafleet.deletion_protection_test

import data.terrafleet.deletion_protection
import data.terrafleet.lib.fixture

said(address, after, more) := found if {
	found := fixture.said(deletion_protection.deny) with data.terrafleet.index as fixture.index([fixture.resource(address, after, more)])
}

test_switches if {
	said("aws_db_instance.d", {"deletion_protection": true}, {}) == set()
	said("aws_db_instance.d", {"deletion_protection": false}, {}) == {"fail aws_db_instance.d"}
	said("aws_db_instance.d", {}, {}) == {"fail aws_db_instance.d"}
	said("aws_db_instance.d", {}, {"pending": {"deletion_protection": true}}) == {"undecided aws_db_instance.d"}
	said("aws_db_instance.d", {"replicate_source_db": "x"}, {}) == set()
	said("aws_cognito_user_pool.p", {"deletion_protection": "INACTIVE"}, {}) == {"fail aws_cognito_user_pool.p"}
}

test_dangers if {
	said("aws_s3_bucket.b", {"force_destroy": true}, {}) == {"fail aws_s3_bucket.b"}
	said("aws_s3_bucket.b", {"force_destroy": false}, {}) == set()
}
