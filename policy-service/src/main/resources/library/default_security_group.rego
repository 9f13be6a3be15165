# METADATA
# title: The default security group lets nothing through
# description: |
#   What nobody gives a security group gets the default one of its VPC. An aws_default_security_group that the plan manages has neither
#   ingress nor egress rules, and no separate rule is added to it.
# custom:
#   parameters: [whole_state]
package terrafleet.default_security_group

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts)

covers := {"aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"}

directions := ["ingress", "egress"]

failures contains [group.address, message] if {
	some group in plan.judged("aws_default_security_group")
	some direction in directions
	count(plan.items(group.after, direction)) > 0
	message := sprintf("has %s rules", [direction])
}

doubts contains [group.address, message] if {
	some group in plan.judged("aws_default_security_group")
	some direction in directions
	group.pending[direction] == true
	message := sprintf("its %s rules are known only after apply", [direction])
}

failures contains [rule.address, message] if {
	some type in covers - {"aws_default_security_group"}
	some rule in plan.judged(type)
	some group in plan.linked(rule, "security_group_id", "aws_default_security_group")
	message := sprintf("adds a rule to the default security group %s", [group.address])
}
