# METADATA
# title: Only allowed instance families
# description: |
#   Machines, databases, caches and search nodes are of families in data.params.allowed_instance_families, a list such as ["t3", "m7i"]; an
#   entry may also be a whole type, "t3.micro". The prefixes of managed services (db., cache., dax.) and the suffixes (.search) are ignored.
# custom:
#   parameters: [allowed_instance_families, whole_state]
package terrafleet.allowed_instance_families

import data.terrafleet.lib.plan
import data.terrafleet.lib.report

deny := report.verdicts(failures, doubts) | report.missing("allowed_instance_families")

covers := object.keys(attributes)

# type -> the path of the attribute that names the machine.
attributes := {
	"aws_dax_cluster": ["node_type"],
	"aws_db_instance": ["instance_class"],
	"aws_docdb_cluster_instance": ["instance_class"],
	"aws_eks_node_group": ["instance_types"],
	"aws_elasticache_cluster": ["node_type"],
	"aws_elasticache_replication_group": ["node_type"],
	"aws_elasticsearch_domain": ["cluster_config", 0, "instance_type"],
	"aws_instance": ["instance_type"],
	"aws_launch_configuration": ["instance_type"],
	"aws_launch_template": ["instance_type"],
	"aws_memorydb_cluster": ["node_type"],
	"aws_neptune_cluster_instance": ["instance_class"],
	"aws_opensearch_domain": ["cluster_config", 0, "instance_type"],
	"aws_rds_cluster_instance": ["instance_class"],
	"aws_redshift_cluster": ["node_type"],
	"aws_spot_instance_request": ["instance_type"],
}

failures contains [resource.address, message] if {
	some type, path in attributes
	some resource in plan.judged(type)
	some machine in machines(resource, path)
	not allowed(machine)
	message := sprintf("uses %s, which is not of an allowed family: %s", [machine, concat(", ", data.params.allowed_instance_families)])
}

doubts contains [resource.address, message] if {
	some type, path in attributes
	some resource in plan.judged(type)
	plan.pending(resource, path[0])
	count(machines(resource, path)) == 0
	message := sprintf("%s is known only after apply", [path[0]])
}

machines(resource, path) := {machine |
	found := object.get(resource.after, path, null)
	some machine in array.concat([found], [each | is_array(found); some each in found])
	is_string(machine)
	machine != ""
}

bare(machine) := trim_suffix(trim_suffix(regex.replace(machine, `^(db|cache|dax)\.`, ""), ".search"), ".elasticsearch")

allowed(machine) if bare(machine) in data.params.allowed_instance_families

allowed(machine) if split(bare(machine), ".")[0] in data.params.allowed_instance_families

# A serverless database has no machine.
allowed("db.serverless")
