# METADATA
# title: Snapshots and images are encrypted and stay private
# description: |
#   Copies of snapshots and images encrypt, snapshots are not shared with everybody, and images that the plan makes have encrypted
#   devices. A copy whose switch is not set is encrypted only when its source is: undecided. A snapshot takes its encryption from its
#   volume or database: it is judged by that one where the plan has it.
# custom:
#   parameters: [whole_state]
package terrafleet.encrypted_snapshots

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts)

covers := {
	"aws_ami",
	"aws_ami_copy",
	"aws_ami_launch_permission",
	"aws_db_cluster_snapshot",
	"aws_db_snapshot",
	"aws_db_snapshot_copy",
	"aws_ebs_snapshot",
	"aws_ebs_snapshot_copy",
	"aws_snapshot_create_volume_permission",
}

copies := {"aws_ami_copy": "encrypted", "aws_ebs_snapshot_copy": "encrypted", "aws_db_snapshot_copy": "kms_key_id"}

failures contains [copied.address, "is not encrypted: encrypted is false"] if {
	some type in ["aws_ami_copy", "aws_ebs_snapshot_copy"]
	some copied in plan.judged(type)
	copied.after.encrypted == false
	plan.configured(copied, "encrypted")
}

doubts contains [copied.address, message] if {
	some type, switch in copies
	some copied in plan.judged(type)
	not plan.given(copied, switch)
	not explicitly_off(copied, switch)
	message := sprintf("%s is not set, so it is encrypted only when its source is", [switch])
}

explicitly_off(copied, switch) if {
	copied.after[switch] == false
	plan.configured(copied, switch)
}

# type of the snapshot -> the attribute that names what it is made of, the type of that, and its switch.
origins := {
	"aws_ebs_snapshot": {"attribute": "volume_id", "type": "aws_ebs_volume", "switch": "encrypted"},
	"aws_db_snapshot": {"attribute": "db_instance_identifier", "type": "aws_db_instance", "switch": "storage_encrypted"},
	"aws_db_cluster_snapshot": {"attribute": "db_cluster_identifier", "type": "aws_rds_cluster", "switch": "storage_encrypted"},
}

failures contains [snapshot.address, message] if {
	some type, origin in origins
	some snapshot in plan.judged(type)
	some source in plan.linked(snapshot, origin.attribute, origin.type)
	not source.after[origin.switch] == true
	not plan.pending(source, origin.switch)
	message := sprintf("is not encrypted, like %s", [source.address])
}

failures contains [image.address, message] if {
	some image in plan.judged("aws_ami")
	some i, device in plan.items(image.after, "ebs_block_device")
	device.encrypted == false
	object.get(device, "snapshot_id", null) in {null, ""}
	message := sprintf("ebs_block_device %d is not encrypted", [i])
}

failures contains [snapshot.address, "is shared with everybody"] if {
	some snapshot in plan.judged("aws_db_snapshot")
	"all" in plan.items(snapshot.after, "shared_accounts")
}

failures contains [snapshot.address, "is shared with everybody"] if {
	some snapshot in plan.judged("aws_db_cluster_snapshot")
	"all" in plan.items(snapshot.after, "shared_accounts")
}

failures contains [permission.address, "shares a snapshot or image with everybody"] if {
	some type in ["aws_ami_launch_permission", "aws_snapshot_create_volume_permission"]
	some permission in plan.judged(type)
	some attribute in ["group", "account_id"]
	permission.after[attribute] == "all"
}
