package terrafleet.encrypted_snapshots_test

import data.terrafleet.encrypted_snapshots
import data.terrafleet.lib.fixture

said(resources) := found if {
	found := fixture.said(encrypted_snapshots.deny) with data.terrafleet.index as fixture.index(resources)
}

test_copies if {
	said([fixture.resource("aws_ebs_snapshot_copy.c", {"encrypted": true}, {})]) == set()
	said([fixture.resource("aws_ebs_snapshot_copy.c", {"encrypted": false}, {})]) == {"fail aws_ebs_snapshot_copy.c"}
	said([fixture.resource("aws_ami_copy.c", {"encrypted": null}, {})]) == {"undecided aws_ami_copy.c"}
}

test_snapshots_are_like_their_origin if {
	snapshot := fixture.resource("aws_ebs_snapshot.s", {}, {"links": {"volume_id": ["aws_ebs_volume.v"]}})
	said([snapshot, fixture.resource("aws_ebs_volume.v", {"encrypted": true}, {})]) == set()
	said([snapshot, fixture.resource("aws_ebs_volume.v", {}, {})]) == {"fail aws_ebs_snapshot.s"}
}

test_sharing_with_everybody if {
	said([fixture.resource("aws_ami_launch_permission.p", {"group": "all"}, {})]) == {"fail aws_ami_launch_permission.p"}
	said([fixture.resource("aws_ami_launch_permission.p", {"account_id": "123456789012"}, {})]) == set()
	said([fixture.resource("aws_db_snapshot.s", {"shared_accounts": ["all"]}, {})]) == {"fail aws_db_snapshot.s"}
}
