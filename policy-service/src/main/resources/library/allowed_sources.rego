# METADATA
# title: Only allowed providers and modules
# description: |
#   Providers come from data.params.allowed_providers and modules from data.params.allowed_module_sources, lists of patterns in which *
#   stands for anything: "registry.terraform.io/hashicorp/*", "git::https://git.example.com/*". Modules of the configuration itself (./ and
#   ../) are always allowed. Either list may be left out; then it restricts nothing.
# custom:
#   parameters: [allowed_providers, allowed_module_sources]
package terrafleet.allowed_sources

import data.terrafleet.lib.report

deny := report.verdicts(failures, set()) | neither

covers := set()

neither := report.missing("allowed_providers") if {
	not data.params.allowed_module_sources
} else := set()

failures contains [place, message] if {
	data.params.allowed_providers
	some key, provider in input.plan.configuration.provider_config
	name := object.get(provider, "full_name", provider.name)
	not matches(name, data.params.allowed_providers)
	place := sprintf("provider.%s", [key])
	message := sprintf("%s is not an allowed provider", [name])
}

failures contains [place, message] if {
	data.params.allowed_module_sources
	some [place, source] in modules
	not local_source(source)
	not matches(source, data.params.allowed_module_sources)
	message := sprintf("comes from %s, which is not an allowed module source", [source])
}

# [address, source] of every module call.
modules contains [place, call.source] if {
	walk(input.plan.configuration.root_module, [path, calls])
	path[count(path) - 1] == "module_calls"
	some name, call in calls
	place := concat(".", [concat(".", ["module", step]) | some step in array.concat(names(path), [name])])
}

# Of the path module_calls, A, module, module_calls the names of modules: A.
names(path) := [step | some i, step in path; i > 0; path[i - 1] == "module_calls"]

local_source(source) if startswith(source, "./")

local_source(source) if startswith(source, "../")

matches(text, patterns) if {
	some pattern in patterns
	glob.match(pattern, [], text)
}
