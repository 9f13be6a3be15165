package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kubernetes clusters and their nodes. */
final class Eks {
    /** Left standard support by the end of 2025 (AWS's release calendar) and cost more since. */
    private static final Set<String> EXTENDED =
            Set.of("1.21", "1.22", "1.23", "1.24", "1.25", "1.26", "1.27", "1.28", "1.29", "1.30", "1.31");

    private static final long NODE_DISK_GIGABYTES = 20;

    private Eks() {}

    static void cluster(Resource cluster, Bill bill) {
        Optional<String> version = cluster.text("version");
        boolean extended = version.filter(EXTENDED::contains).isPresent();
        if (extended) {
            bill.assume("Kubernetes " + version.get() + " is out of standard support and billed at the extended rate");
        }
        bill.hourly(
                extended ? "EKS cluster (extended support)" : "EKS cluster",
                BigDecimal.ONE,
                cluster.rate("AmazonEKS", extended ? "ExtendedSupport cluster-hours" : "Cluster-Hours"));
    }

    static void nodeGroup(Resource group, Bill bill) {
        BigDecimal count = group.usage()
                .number("instances")
                .or(() -> group.block("scaling_config").map(scaling -> scaling.number("desired_size", 1)))
                .orElse(BigDecimal.ONE);
        Optional<Resource> template = group.block("launch_template").flatMap(Ec2::template);
        String type = group.texts("instance_types").stream()
                .findFirst()
                .or(() -> template.flatMap(found -> found.text("instance_type")))
                .orElse("t3.medium");
        boolean spot = group.text("capacity_type").filter("SPOT"::equals).isPresent();
        nodes(group, bill, new Ec2.Machines(type, "default", count, spot));
        if (template.isEmpty() && group.block("launch_template").isPresent()) {
            bill.assume("the launch template is not found in the plan; priced as if there were none");
        }
        if (template.isPresent()) {
            Ec2.monitoring(group, bill, Ec2.monitored(template.get()), count);
            Ec2.optimized(group, bill, template.get().flag("ebs_optimized", false), type, count);
            Ec2.templateDisks(template.get(), bill, NODE_DISK_GIGABYTES, count);
        } else {
            bill.monthly(
                    "Storage (general purpose SSD, gp2)",
                    "GB",
                    group.number("disk_size", NODE_DISK_GIGABYTES).multiply(count),
                    group.rate(Ec2.SERVICE, "EBS:VolumeUsage.gp2"));
        }
        Ec2.credits(group, bill, type, group.usage(), count);
    }

    private static void nodes(Resource group, Bill bill, Ec2.Machines machines) {
        boolean windows =
                group.text("ami_type").filter(ami -> ami.startsWith("WINDOWS")).isPresent();
        if (windows) {
            bill.hourly(
                    "Instance usage (Windows, on-demand, " + machines.type() + ")",
                    machines.count(),
                    group.instance(Ec2.SERVICE, machines.type(), List.of("Windows/Shared")));
        } else {
            Ec2.compute(group, group.usage(), bill, machines);
        }
    }

    /** A profile runs nothing by itself; its pods are billed for what they ask for. One small pod is taken to run in it. */
    static void fargateProfile(Resource profile, Bill bill) {
        bill.assume("a plan does not know the pods of the profile; priced as one with 1 vCPU and 1 GB");
        bill.monthly(
                "Per GB per hour",
                "GB",
                BigDecimal.ONE,
                profile.rate("AmazonECS", "Fargate-GB-Hours (Linux/x86)").scaled(Bill.HOURS));
        bill.monthly(
                "Per vCPU per hour",
                "CPU",
                BigDecimal.ONE,
                profile.rate("AmazonECS", "Fargate-vCPU-Hours (Linux/x86)").scaled(Bill.HOURS));
    }
}
