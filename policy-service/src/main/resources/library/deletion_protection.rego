# METADATA
# title: Stateful stores are protected from deletion
# description: |
#   Databases, tables, user pools and load balancers that have a switch against deletion have it on, and S3 buckets are not destroyed
#   with what is in them. A switch that is not set is off.
# custom:
#   parameters: [whole_state]
package terrafleet.deletion_protection

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts)

covers := object.keys(switches) | object.keys(dangers)

# type -> switch and the value that protects.
switches := {
	"aws_alb": {"name": "enable_deletion_protection", "on": true},
	"aws_cognito_user_pool": {"name": "deletion_protection", "on": "ACTIVE"},
	"aws_db_instance": {"name": "deletion_protection", "on": true},
	"aws_docdb_cluster": {"name": "deletion_protection", "on": true},
	"aws_dynamodb_table": {"name": "deletion_protection_enabled", "on": true},
	"aws_lb": {"name": "enable_deletion_protection", "on": true},
	"aws_neptune_cluster": {"name": "deletion_protection", "on": true},
	"aws_networkfirewall_firewall": {"name": "delete_protection", "on": true},
	"aws_qldb_ledger": {"name": "deletion_protection", "on": true},
	"aws_rds_cluster": {"name": "deletion_protection", "on": true},
	"aws_rds_global_cluster": {"name": "deletion_protection", "on": true},
}

# type -> switch that must not be on.
dangers := {"aws_ecr_repository": "force_delete", "aws_s3_bucket": "force_destroy"}

failures contains [store.address, message] if {
	some type, switch in switches
	some store in plan.judged(type)
	not store.after[switch.name] == switch.on
	not plan.pending(store, switch.name)
	not replica(store)
	message := sprintf("can be deleted: %s is not %v", [switch.name, switch.on])
}

doubts contains [store.address, message] if {
	some type, switch in switches
	some store in plan.judged(type)
	plan.pending(store, switch.name)
	message := sprintf("%s is known only after apply", [switch.name])
}

failures contains [store.address, message] if {
	some type, switch in dangers
	some store in plan.judged(type)
	store.after[switch] == true
	message := sprintf("is destroyed with its content: %s is true", [switch])
}

# What is made of another database can be made again.
replica(store) if plan.given(store, "replicate_source_db")

replica(store) if plan.given(store, "replication_source_identifier")
