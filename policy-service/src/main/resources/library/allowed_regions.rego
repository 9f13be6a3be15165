# METADATA
# title: Only allowed regions
# description: |
#   The AWS provider configurations of the plan, and resources that name a region or an availability zone themselves, are in regions of
#   data.params.allowed_regions, a list. A provider's region that the plan does not show (environment, shared configuration) is undecided.
# custom:
#   parameters: [allowed_regions, whole_state]
package terrafleet.allowed_regions

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts) | report.missing("allowed_regions")

covers := set()

failures contains [place, message] if {
	some place, provider in providers
	region := region_of(provider)
	not allowed(region)
	message := sprintf("is in %s, which is not one of %s", [region, concat(", ", data.params.allowed_regions)])
}

doubts contains [place, "its region is not shown by the plan"] if {
	some place, provider in providers
	data.params.allowed_regions
	not region_of(provider)
}

failures contains [resource.address, message] if {
	some _, resources in data.terrafleet.index.by_type
	some resource in resources
	plan.in_scope(resource)
	region := own_region(resource)
	not allowed(region)
	message := sprintf("is in %s, which is not one of %s", [region, concat(", ", data.params.allowed_regions)])
}

providers[place] := provider if {
	some key, provider in input.plan.configuration.provider_config
	provider.name == "aws"
	place := sprintf("provider.%s", [key])
}

region_of(provider) := region if {
	region := provider.expressions.region.constant_value
	is_string(region)
}

region_of(provider) := region if {
	some reference in provider.expressions.region.references
	startswith(reference, "var.")
	region := input.plan.variables[trim_prefix(reference, "var.")].value
	is_string(region)
}

own_region(resource) := region if {
	region := resource.after.region
	is_string(region)
	startswith(resource.type, "aws_")
}

own_region(resource) := region if {
	not is_string(object.get(resource.after, "region", null))
	zone := resource.after.availability_zone
	is_string(zone)
	regex.match(`^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$`, zone)
	region := substring(zone, 0, count(zone) - 1)
}

allowed(region) if region in data.params.allowed_regions
