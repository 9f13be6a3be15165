package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
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
            mixed(mixed.get(), bill, count);
        } else if (configuration.isPresent()) {
            Resource found = configuration.get();
            bill.part(found.address(), () -> configured(found, bill, count));
        } else {
            Resource template = group.block("launch_template")
                    .flatMap(Ec2::template)
                    .orElseThrow(
                            () -> new Unpriceable("its launch template or configuration is not part of this plan"));
            String type = type(template, Optional.empty());
            bill.part(template.address(), () -> templated(template, bill, type, count));
        }
    }

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

    private static void templated(Resource template, Bill bill, String type, BigDecimal count) {
        if (template.block("instance_market_options").isPresent()) {
            Ec2.spot(bill);
        }
        Ec2.compute(template, bill, type, Ec2.tenancy(template).orElse("default"), count);
        Ec2.monitoring(template, bill, Ec2.monitored(template), count);
        Ec2.optimized(template, bill, template.flag("ebs_optimized", false), type, count);
        Ec2.templateDisks(template, bill, 8, count);
        Ec2.credits(template, bill, type, template.usage(), count);
    }

    private static String type(Resource template, Optional<String> override) {
        return override.or(() -> template.text("instance_type"))
                .orElseThrow(() -> new Unpriceable("the launch template's instance_type is not known before apply"));
    }

    /** Launch configurations monitor in detail unless told otherwise. */
    private static void configured(Resource configuration, Bill bill, BigDecimal count) {
        String type = configuration
                .text("instance_type")
                .orElseThrow(
                        () -> new Unpriceable("the launch configuration's instance_type is not known before apply"));
        if (configuration.has("spot_price")) {
            Ec2.spot(bill);
        }
        Ec2.compute(configuration, bill, type, configuration.text("placement_tenancy", "default"), count);
        Ec2.monitoring(configuration, bill, configuration.flag("enable_monitoring", true), count);
        configuration
                .block("root_block_device")
                .ifPresentOrElse(
                        disk -> bill.part("root_block_device", () -> Ebs.disk(configuration, disk, bill, count)),
                        () -> bill.part("root_block_device", () -> Ebs.imageDisk(configuration, bill, 8, count)));
        configuration
                .blocks("ebs_block_device")
                .forEach(disk -> bill.part("ebs_block_device", () -> Ebs.disk(configuration, disk, bill, count)));
        Ec2.credits(configuration, bill, type, configuration.usage(), count);
    }

    private static void mixed(Block policy, Bill bill, BigDecimal count) {
        Block chosen = policy.block("launch_template")
                .orElseThrow(() -> new Unpriceable("mixed_instances_policy has no launch_template"));
        Resource template = chosen.block("launch_template_specification")
                .flatMap(Ec2::template)
                .orElseThrow(() -> new Unpriceable("its launch template is not part of this plan"));
        Optional<String> override = chosen.block("override").flatMap(first -> first.text("instance_type"));
        override.ifPresent(type -> bill.assume("of the mixed instance types the first, " + type + ", was priced"));
        policy.block("instances_distribution").ifPresent(distribution -> {
            BigDecimal onDemand = onDemand(distribution, count);
            if (onDemand.compareTo(count) < 0) {
                Ec2.spot(bill);
            }
        });
        templated(template, bill, type(template, override), count);
    }

    private static BigDecimal onDemand(Block distribution, BigDecimal count) {
        BigDecimal base = distribution.number("on_demand_base_capacity", 0).min(count);
        BigDecimal share = distribution
                .number("on_demand_percentage_above_base_capacity", 100)
                .min(HUNDRED);
        return base.add(count.subtract(base).multiply(share).divide(HUNDRED, 0, RoundingMode.CEILING));
    }
}
