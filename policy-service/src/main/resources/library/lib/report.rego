# METADATA
# title: The shape of a violation
package terrafleet.lib.report

fail(address, message) := {"address": address, "message": message, "verdict": "fail"}

undecided(address, message) := {"address": address, "message": message, "verdict": "undecided"}

# All violations: doubts count only where nothing fails already. Both are sets of [address, message].
verdicts(failures, doubts) := fails | open if {
	fails := {fail(address, message) | some [address, message] in failures}
	failed := {address | some [address, _] in failures}
	open := {undecided(address, message) |
		some [address, message] in doubts
		not address in failed
	}
}

# For rules that say nothing without a parameter: a rule that is turned on and knows nothing to compare with does not pass.
missing(name) := {{"message": sprintf("the parameter %s is missing: the rule has nothing to compare with", [name]), "verdict": "fail"}} if {
	not data.params[name]
} else := set()
