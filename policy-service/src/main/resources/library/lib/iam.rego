# METADATA
# title: IAM policy documents
# description: |
#   Actions compare without regard to case, resources with it; * and ? are wildcards that also cross "/" and ":"; a policy variable
#   stands for anything. A pattern matches another when some text matches both.
package terrafleet.lib.iam

# The statements of a policy text, undefined when it is not a policy.
statements(text) := list if {
	json.is_valid(text)
	document := json.unmarshal(text)
	list := as_list(document.Statement)
}

as_list(value) := value if is_array(value)

as_list(value) := [value] if {
	not is_array(value)
	value != null
}

allows(statement) if statement.Effect == "Allow"

# A Deny that holds always and for everybody takes back what an Allow gives.
denies(statement) if {
	statement.Effect == "Deny"
	object.get(statement, "Condition", {}) == {}
	object.get(statement, "Principal", "*") in {"*", {"AWS": "*"}, {"AWS": ["*"]}}
	not statement.NotPrincipal
}

# Whether the statement is about an action, for example "s3:getobject".
covers_action(statement, action) if {
	some pattern in as_list(statement.Action)
	matches(lower(pattern), action)
}

covers_action(statement, action) if {
	statement.NotAction
	not excludes_action(statement, action)
}

excludes_action(statement, action) if {
	some pattern in as_list(statement.NotAction)
	matches(lower(pattern), action)
}

# Whether the statement is about anything that the resource pattern stands for.
touches(statement, target) if {
	some pattern in as_list(statement.Resource)
	overlaps(pattern, target)
}

touches(statement, target) if {
	statement.NotResource
	not covers(as_list(statement.NotResource), target)
}

# Whether the statement is about all that the resource pattern stands for.
holds_for_all(statement, target) if covers(as_list(statement.Resource), target)

covers(patterns, target) if {
	some pattern in patterns
	matches(pattern, target)
}

# Whether the pattern matches the text; a wildcard in the text counts as a letter like any other.
matches("*", _)

matches(pattern, text) if pattern == text

matches(pattern, text) if {
	pattern != "*"
	regex.match(concat("", ["^", expression(pattern), "$"]), text)
}

# Whether some text matches both patterns.
overlaps("*", _)

overlaps(a, b) if a == b

overlaps(a, b) if {
	a != "*"
	a != b
	regex.globs_match(expression(a), expression(b))
}

# An IAM pattern as a regular expression.
expression(pattern) := strings.replace_n(letters, regex.replace(pattern, `\$\{[^}]*\}`, "*"))

letters := {
	"*": ".*",
	"?": ".",
	".": `\.`,
	"+": `\+`,
	"^": `\^`,
	"$": `\$`,
	"(": `\(`,
	")": `\)`,
	"|": `\|`,
	"[": `\[`,
	"]": `\]`,
	"{": `\{`,
	"}": `\}`,
	`\`: `\\`,
}
