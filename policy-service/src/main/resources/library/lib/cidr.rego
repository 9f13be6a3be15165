# METADATA
# title: Address ranges
# description: |
#   Compares by containment, never by text: 10.0.0.0/7 and 0.0.0.0/1 are outside of 10.0.0.0/8. An IPv6 range is inside of an IPv6
#   range only, also when it maps IPv4 addresses.
package terrafleet.lib.cidr

default allowed_ranges := ["10.0.0.0/8"]

# The parameter allowed_cidrs replaces the default; it may hold IPv6 ranges.
allowed_ranges := data.params.allowed_cidrs

allowed_text := concat(", ", allowed_ranges)

allowed(range) if {
	well_formed(range)
	some permitted in allowed_ranges
	same_family(range, permitted)
	net.cidr_contains(permitted, range)
}

same_family(a, b) if {
	contains(a, ":")
	contains(b, ":")
}

same_family(a, b) if {
	not contains(a, ":")
	not contains(b, ":")
}

well_formed(range) if contains(range, ":")

well_formed(range) if {
	regex.match(`^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}/(0|[1-9][0-9]?)$`, range)
	[address, length] := split(range, "/")
	to_number(length) <= 32
	every octet in split(address, ".") {
		to_number(octet) <= 255
	}
}
