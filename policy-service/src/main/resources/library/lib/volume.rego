# METADATA
# title: Block storage, wherever it is declared
# description: |
#   EBS volumes of their own and the block devices of instances, spot requests and fleets, launch configurations and templates. The provider
#   computes a switch that is not set from the account's default, which is off; a volume made of a snapshot takes the snapshot's.
#   What a launch template leaves out is decided where it is used. An instance that declares no root volume takes the encryption of its
#   AMI's snapshot: undecided.
package terrafleet.lib.volume

import data.terrafleet.lib.plan

unencrypted contains {"address": device.address, "message": message} if {
	some device in devices
	state(device) == "off"
	message := sprintf("%s is not encrypted at rest: encrypted is false", [device.name])
}

unencrypted contains {"address": device.address, "message": message} if {
	some device in devices
	state(device) == "unset"
	not data.params.encryption.ebs_encrypted_by_default == true
	message := sprintf("%s is not encrypted at rest: encrypted is not set, and AWS's default is off", [device.name])
}

open contains {"address": device.address, "message": message} if {
	some device in devices
	state(device) == "pending"
	message := sprintf("encryption of %s is open: encrypted is known only after apply", [device.name])
}

open contains {"address": device.address, "message": message} if {
	some device in devices
	state(device) == "snapshot"
	message := sprintf("encryption of %s is open: encrypted is not set, so it is that of the snapshot", [device.name])
}

open contains {"address": instance.address, "message": message} if {
	not data.params.encryption.ebs_encrypted_by_default == true
	some type in ["aws_instance", "aws_spot_instance_request"]
	some instance in plan.judged(type)
	instance.action in {"create", "replace"}
	count(plan.items(instance.after, "root_block_device")) == 0
	not plan.given(instance, "launch_template")
	message := "encryption of the root volume is open: no root_block_device is declared, so it is that of the AMI's snapshot"
}

state(device) := "on" if {
	device.settings.encrypted in {true, "true"}
} else := "pending" if {
	device.pending.encrypted == true
} else := "off" if {
	device.settings.encrypted in {false, "false"}
} else := "snapshot" if {
	plan.given({"after": device.settings, "pending": device.pending}, "snapshot_id")
} else := "unset"

# All in one shape: address, name, settings, pending.
devices contains device if {
	some volume in plan.judged("aws_ebs_volume")
	device := {"address": volume.address, "name": "the volume", "settings": volume.after, "pending": volume.pending}
}

devices contains device if {
	some type in ["aws_instance", "aws_spot_instance_request", "aws_launch_configuration"]
	some host in plan.judged(type)
	some block in ["root_block_device", "ebs_block_device"]
	some i, settings in plan.items(host.after, block)
	not settings.no_device == true
	device := {
		"address": host.address,
		"name": sprintf("%s %d", [block, i]),
		"settings": settings,
		"pending": marks(host.pending, [block, i]),
	}
}

devices contains device if {
	some fleet in plan.judged("aws_spot_fleet_request")
	some i, specification in plan.items(fleet.after, "launch_specification")
	some block in ["root_block_device", "ebs_block_device"]
	some j, settings in plan.items(specification, block)
	device := {
		"address": fleet.address,
		"name": sprintf("launch_specification %d, %s %d", [i, block, j]),
		"settings": settings,
		"pending": marks(fleet.pending, ["launch_specification", i, block, j]),
	}
}

devices contains device if {
	some template in plan.judged("aws_launch_template")
	some i, mapping in plan.items(template.after, "block_device_mappings")
	some j, settings in plan.items(mapping, "ebs")
	device := {
		"address": template.address,
		"name": sprintf("block_device_mappings %d", [i]),
		"settings": settings,
		"pending": marks(template.pending, ["block_device_mappings", i, "ebs", j]),
	}
}

marks(pending, path) := found if {
	found := object.get(pending, path, {})
	is_object(found)
} else := {}
