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
