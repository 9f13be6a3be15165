# Every data store is encrypted and none is public.
package demo.data_stores

import rego.v1

stores contains store if {
	some change in input.plan.resource_changes
	change.type == "terraform_data"
	change.change.actions != ["delete"]
	change.change.after.input.kind == "data store"
	store := {"address": change.address, "settings": change.change.after.input}
}

deny contains violation if {
	some store in stores
	not store.settings.encrypted
	violation := {"address": store.address, "message": sprintf("data store %s is not encrypted", [store.settings.name])}
}

deny contains violation if {
	some store in stores
	store.settings.public
	violation := {"address": store.address, "message": sprintf("data store %s is open to the public", [store.settings.name])}
}
