# METADATA
# title: Small plans for the unit tests of rules
package terrafleet.lib.fixture

# data.terrafleet.index of a plan with these resources.
index(resources) := index_with_data(resources, [])

index_with_data(resources, sources) := {
	"by_type": {type: of_type |
		some type in {resource.type | some resource in resources}
		of_type := [resource | some resource in resources; resource.type == type]
	},
	"by_address": {resource.address: resource | some resource in resources},
	"data": {source.address: source | some source in sources},
}

# A resource that is created; more overrides what it says.
resource(address, after, more) := object.union(
	{
		"address": address,
		"type": split(address, ".")[0],
		"name": split(address, ".")[1],
		"module": "",
		"action": "create",
		"changed": true,
		"after": after,
		"pending": {},
		"config": {name: {} | some name, _ in after},
		"links": {},
	},
	more,
)

# What a rule says, as "verdict address".
said(violations) := {sprintf("%s %s", [violation.verdict, violation.address]) | some violation in violations}
