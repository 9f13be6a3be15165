package terrafleet.allowed_sources_test

import data.terrafleet.allowed_sources
import data.terrafleet.lib.fixture

plan := {"configuration": {
	"provider_config": {
		"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"},
		"odd": {"name": "odd", "full_name": "registry.terraform.io/someone/odd"},
	},
	"root_module": {"module_calls": {
		"net": {
			"source": "./net",
			"module": {"module_calls": {"vpc": {"source": "git::https://elsewhere.example.com/vpc"}}},
		},
		"good": {"source": "git::https://git.example.com/good?ref=v1"},
	}},
}}

test_providers if {
	found := fixture.said(allowed_sources.deny) with input.plan as plan with data.params.allowed_providers as ["registry.terraform.io/hashicorp/*"]
	found == {"fail provider.odd"}
}

test_modules if {
	found := fixture.said(allowed_sources.deny) with input.plan as plan with data.params.allowed_module_sources as ["git::https://git.example.com/*"]
	found == {"fail module.net.module.vpc"}
}

test_without_parameters_the_rule_does_not_pass if {
	count(allowed_sources.deny) == 1 with input.plan as plan
}
