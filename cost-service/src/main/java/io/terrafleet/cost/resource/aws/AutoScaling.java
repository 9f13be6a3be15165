package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Groups of instances: as many as desired, each as its launch template or launch configuration says. */
final class AutoScaling {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private AutoScaling() {}

    static void group(Resource group, Bill bill) {
        BigDecimal count = count(group, bill);
        Optional<Block> mixed = group.block("mixed_instances_policy");
        Optional<Resource> configuration = group.linked("launch_configuration", "aws_launch_configuration");
        if (mixed.isPresent()) {
            mixed(group, mixed.get(), bill, count);
        } else if (configuration.isPresent()) {
            Resource found = configuration.get();
            Usage usage = usage(group, found);
            bill.part(found.address(), () -> configured(found, usage, bill, count));
        } else {
            Resource template = group.block("launch_template")
                    .flatMap(Ec2::template)
                    .orElseThrow(
                            () -> new Unpriceable("its launch template or configuration is not part of this plan"));
            String type = type(template, Optional.empty());
            BigDecimal onDemand = template.block("instance_market_options").isPresent() ? BigDecimal.ZERO : count;
            Usage usage = usage(group, template);
            bill.part(template.address(), () -> templated(template, usage, bill, new Fleet(type, count, onDemand)));
        }
    }

    /** Usage files tell the use of a group's machines with the group; with the template only where they say nothing of the group. */
    private static Usage usage(Resource group, Resource template) {
        return group.usage().isEmpty() ? template.usage() : group.usage();
    }

    /**
     * So many machines of a type.
     *
     * @param onDemand how many of them are not spot
     */
    private record Fleet(String type, BigDecimal count, BigDecimal onDemand) {}

    private static BigDecimal count(Resource group, Bill bill) {
        Optional<BigDecimal> desired = group.usage().number("instances").or(() -> group.number("desired_capacity"));
        if (desired.isPresent()) {
            return desired.get();
        }
        Optional<BigDecimal> minimum = group.number("min_size").filter(size -> size.signum() > 0);
        BigDecimal count = minimum.orElse(BigDecimal.ONE);
        bill.assume("desired_capacity is not in the plan; assumed " + count.toPlainString()
                + (minimum.isPresent() ? ", the least size" : ""));
        return count;
    }

    private static void templated(Resource template, Usage usage, Bill bill, Fleet fleet) {
        String tenancy = Ec2.tenancy(template).orElse("default");
        if (tenancy.equals("host")) {
            throw new Unpriceable("instances on dedicated hosts are billed with the hosts");
        }
        BigDecimal spot = fleet.count().subtract(fleet.onDemand());
        if (fleet.onDemand().signum() > 0 || spot.signum() == 0) {
            Ec2.compute(template, usage, bill, new Ec2.Machines(fleet.type(), tenancy, fleet.onDemand(), false));
        }
        if (spot.signum() > 0) {
            Ec2.compute(template, usage, bill, new Ec2.Machines(fleet.type(), tenancy, spot, true));
        }
        BigDecimal count = fleet.count();
        Ec2.monitoring(template, bill, Ec2.monitored(template), count);
        Ec2.optimized(template, usage, bill, template.flag("ebs_optimized", false), fleet.type(), count);
        Ec2.templateDisks(template, bill, 8, count);
        Ec2.credits(template, bill, fleet.type(), usage, count);
    }

    private static String type(Resource template, Optional<String> override) {
        return override.or(() -> template.text("instance_type"))
                .orElseThrow(() -> new Unpriceable("the launch template's instance_type is not known before apply"));
    }

    /** Launch configurations monitor in detail unless told otherwise. */
    private static void configured(Resource configuration, Usage usage, Bill bill, BigDecimal count) {
        String type = configuration
                .text("instance_type")
                .orElseThrow(
                        () -> new Unpriceable("the launch configuration's instance_type is not known before apply"));
        String tenancy = configuration.text("placement_tenancy", "default");
        boolean spot = configuration.has("spot_price");
        Ec2.compute(configuration, usage, bill, new Ec2.Machines(type, tenancy, count, spot));
        Ec2.monitoring(configuration, bill, configuration.flag("enable_monitoring", true), count);
        configuration
                .block("root_block_device")
                .ifPresentOrElse(
                        disk -> bill.part("root_block_device", () -> Ebs.disk(configuration, disk, bill, count)),
                        () -> bill.part("root_block_device", () -> Ebs.imageDisk(configuration, bill, 8, count)));
        configuration
                .blocks("ebs_block_device")
                .forEach(disk -> bill.part("ebs_block_device", () -> Ebs.disk(configuration, disk, bill, count)));
        Ec2.optimized(configuration, usage, bill, configuration.flag("ebs_optimized", false), type, count);
        Ec2.credits(configuration, bill, type, usage, count);
    }

    private static void mixed(Resource group, Block policy, Bill bill, BigDecimal count) {
        Block chosen = policy.block("launch_template")
                .orElseThrow(() -> new Unpriceable("mixed_instances_policy has no launch_template"));
        Resource template = chosen.block("launch_template_specification")
                .flatMap(Ec2::template)
                .orElseThrow(() -> new Unpriceable("its launch template is not part of this plan"));
        Optional<String> override = chosen.block("override").flatMap(first -> first.text("instance_type"));
        override.ifPresent(type -> bill.assume("of the mixed instance types the first, " + type + ", was priced"));
        BigDecimal weight = chosen.block("override")
                .flatMap(first -> first.number("weighted_capacity"))
                .filter(units -> units.signum() > 0)
                .orElse(BigDecimal.ONE);
        BigDecimal machines = group.usage().has("instances") ? count : count.divide(weight, 0, RoundingMode.CEILING);
        BigDecimal onDemand = policy.block("instances_distribution")
                .map(distribution -> onDemand(distribution, machines))
                .orElse(machines);
        Usage usage = usage(group, template);
        Fleet fleet = new Fleet(type(template, override), machines, onDemand);
        bill.part(template.address(), () -> templated(template, usage, bill, fleet));
    }

    private static BigDecimal onDemand(Block distribution, BigDecimal count) {
        BigDecimal base = distribution.number("on_demand_base_capacity", 0).min(count);
        BigDecimal share = distribution
                .number("on_demand_percentage_above_base_capacity", 100)
                .min(HUNDRED);
        return base.add(count.subtract(base).multiply(share).divide(HUNDRED, 0, RoundingMode.CEILING));
    }
}
