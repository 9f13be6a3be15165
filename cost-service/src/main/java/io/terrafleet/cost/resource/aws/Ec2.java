package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Instances, and what groups of instances are made of: launch templates and launch configurations. */
final class Ec2 {
    static final String SERVICE = "AmazonEC2";
    static final String[] TEMPLATE = {"aws_launch_template"};
    private static final long IMAGE_GIGABYTES = 8;
    private static final Set<String> ROOT_DEVICES = Set.of("/dev/xvda", "/dev/sda1", "/dev/sda", "/dev/nvme0n1");

    private Ec2() {}

    static void instance(Resource instance, Bill bill) {
        Optional<Resource> template = instance.block("launch_template").flatMap(Ec2::template);
        if (template.isEmpty() && instance.block("launch_template").isPresent()) {
            bill.assume("the launch template is not found in the plan; priced as if there were none");
        }
        String type = instance.text("instance_type")
                .or(() -> template.flatMap(found -> found.text("instance_type")))
                .orElseThrow(() -> new Unpriceable("instance_type is not known before apply"));
        boolean hosted = instance.has("host_id")
                || instance.text("tenancy").filter("host"::equals).isPresent();
        if (!hosted) {
            String tenancy = instance.text("tenancy")
                    .or(() -> template.flatMap(Ec2::tenancy))
                    .orElse("default");
            compute(instance, instance.usage(), bill, new Machines(type, tenancy, BigDecimal.ONE, spot(instance)));
            boolean optimized = instance.flag("ebs_optimized", false)
                    || (!instance.has("ebs_optimized")
                            && template.filter(found -> found.flag("ebs_optimized", false))
                                    .isPresent());
            optimized(instance, bill, optimized, type, BigDecimal.ONE);
        }
        boolean monitoring = instance.flag("monitoring", false)
                || (!instance.has("monitoring")
                        && template.filter(Ec2::monitored).isPresent());
        monitoring(instance, bill, monitoring, BigDecimal.ONE);
        credits(instance, bill, type, instance.usage(), BigDecimal.ONE);
        disks(instance, template, bill);
        if (instance.flag("associate_public_ip_address", false)) {
            bill.usage("Public IPv4 address", "hours", instance.rate("AmazonVPC", Vpc.PUBLIC_IPV4));
        }
    }

    private static boolean spot(Resource instance) {
        return instance.block("instance_market_options").isPresent()
                || instance.type().equals("aws_spot_instance_request");
    }

    /** So many instances that are alike, on demand or from what is left over. */
    record Machines(String type, String tenancy, BigDecimal count, boolean spot) {}

    /** The hours of {@code count} instances on demand. */
    static void compute(Resource owner, Bill bill, String type, String tenancy, BigDecimal count) {
        compute(owner, owner.usage(), bill, new Machines(type, tenancy, count, false));
    }

    /** @param usage where the use of the machines is told; a group's is told with the group and not with its template */
    static void compute(Resource owner, Usage usage, Bill bill, Machines machines) {
        String type = machines.type();
        Optional<String> system = usage.text("operating_system");
        String name = system.map(Ec2::systemName).orElse("Linux");
        if (system.isEmpty() && (owner.text("ami").isPresent() || owner.has("image_id"))) {
            bill.assume("the image does not say its operating system; priced as Linux");
        }
        BigDecimal hours = machines.count().multiply(usage.number("monthly_hrs", Bill.HOURS));
        String label = "Instance usage (" + (name.equals("Linux") ? "Linux/UNIX" : name) + ", ";
        Optional<Reservation> reserved = Reservation.of(usage);
        if (reserved.isPresent() && name.equals("Linux")) {
            Quote price = reserved.get().price(owner, SERVICE, "Reserved " + type, true, bill);
            bill.monthly(label + "reserved, " + type + ")", "hours", hours, price);
        } else {
            String variant = name + (machines.tenancy().equals("dedicated") ? "/Dedicated" : "/Shared");
            Quote price = owner.instance(SERVICE, type, List.of(variant));
            if (machines.spot()) {
                spot(bill);
            }
            bill.monthly(label + (machines.spot() ? "spot, " : "on-demand, ") + type + ")", "hours", hours, price);
        }
    }

    private static String systemName(String system) {
        return switch (system.toLowerCase(Locale.ROOT)) {
            case "linux" -> "Linux";
            case "windows" -> "Windows";
            case "rhel" -> "RHEL";
            case "suse" -> "SUSE";
            default -> throw new Unpriceable("usage operating_system must be linux, windows, rhel or suse");
        };
    }

    /** Old types ask extra for a network of the disks' own; for newer ones it is part of the price. */
    static void optimized(Resource owner, Bill bill, boolean on, String type, BigDecimal count) {
        optimized(owner, owner.usage(), bill, on, type, count);
    }

    static void optimized(Resource owner, Usage usage, Bill bill, boolean on, String type, BigDecimal count) {
        if (on && owner.rate(SERVICE, "EBSOptimized:" + type) instanceof Quote.Found price) {
            BigDecimal hours = usage.number("monthly_hrs", Bill.HOURS);
            bill.monthly("EBS-optimized usage", "hours", hours.multiply(count), price);
        }
    }

    static void spot(Bill bill) {
        bill.assume("spot prices change by the minute; priced on demand, so the bill will be lower");
    }

    /** Detailed monitoring is seven metrics for each instance. */
    static void monitoring(Resource owner, Bill bill, boolean on, BigDecimal count) {
        if (on) {
            bill.monthly(
                    "EC2 detailed monitoring",
                    "metrics",
                    BigDecimal.valueOf(7).multiply(count),
                    owner.rate("AmazonCloudWatch", "EC2 detailed monitoring (7 metrics)"));
        }
    }

    /** Burstable instances may use more CPU than they have earned. */
    static void credits(Resource owner, Bill bill, String type, Usage usage, BigDecimal count) {
        Optional<BigDecimal> hours = usage.number("monthly_cpu_credit_hrs");
        boolean charged = type.startsWith("t3.") || type.startsWith("t4g.") || type.startsWith("t3a.");
        if (charged || (type.startsWith("t2.") && hours.isPresent())) {
            BigDecimal cores = usage.number("vcpu_count", BigDecimal.valueOf(type.endsWith(".nano") ? 1 : 2));
            bill.used(
                    "CPU credits",
                    "vCPU-hours",
                    hours.map(each -> each.multiply(cores).multiply(count)),
                    owner.rate(SERVICE, "CPUCredits:t3/t4g"));
        }
    }

    private static void disks(Resource instance, Optional<Resource> template, Bill bill) {
        List<Block> own = new ArrayList<>(instance.blocks("ebs_block_device"));
        List<Block> mapped =
                template.map(found -> found.blocks("block_device_mappings")).orElse(List.of());
        Set<String> overridden = Set.copyOf(
                own.stream().flatMap(disk -> disk.text("device_name").stream()).toList());
        Optional<Block> root = instance.block("root_block_device")
                .or(() -> mapped.stream().filter(Ec2::isRoot).flatMap(Ec2::ebs).findFirst());
        root.ifPresentOrElse(
                disk -> bill.part("root_block_device", () -> Ebs.disk(instance, disk, bill, BigDecimal.ONE)),
                () -> bill.part(
                        "root_block_device", () -> Ebs.imageDisk(instance, bill, IMAGE_GIGABYTES, BigDecimal.ONE)));
        for (int i = 0; i < own.size(); i++) {
            Block disk = own.get(i);
            Optional<Block> below = mapped.stream()
                    .filter(mapping -> mapping.text("device_name").equals(disk.text("device_name")))
                    .flatMap(Ec2::ebs)
                    .findFirst();
            bill.part(
                    "ebs_block_device[" + i + "]",
                    () -> Ebs.disk(instance, below.map(disk::over).orElse(disk), bill, BigDecimal.ONE));
        }
        mapped.stream()
                .filter(mapping -> !isRoot(mapping))
                .filter(mapping ->
                        mapping.text("device_name").filter(overridden::contains).isEmpty())
                .flatMap(Ec2::ebs)
                .forEach(disk ->
                        bill.part("block_device_mapping", () -> Ebs.disk(instance, disk, bill, BigDecimal.ONE)));
    }

    /** The template that a {@code launch_template} block names, as far as the plan has it. */
    static Optional<Resource> template(Block reference) {
        return reference
                .linked("id", TEMPLATE)
                .or(() -> reference.linked("launch_template_id", TEMPLATE))
                .or(() -> reference.linked("name", TEMPLATE))
                .or(() -> reference.linked("launch_template_name", TEMPLATE));
    }

    static Optional<String> tenancy(Resource template) {
        return template.block("placement").flatMap(placement -> placement.text("tenancy"));
    }

    static boolean monitored(Resource template) {
        return template.block("monitoring")
                .filter(monitoring -> monitoring.flag("enabled", false))
                .isPresent();
    }

    /** The volumes of {@code count} instances made from a launch template. */
    static void templateDisks(Resource template, Bill bill, long imageGigabytes, BigDecimal count) {
        List<Block> mapped = template.blocks("block_device_mappings");
        if (mapped.stream().noneMatch(Ec2::isRoot)) {
            bill.part("root_block_device", () -> Ebs.imageDisk(template, bill, imageGigabytes, count));
        }
        mapped.stream()
                .flatMap(Ec2::ebs)
                .forEach(disk -> bill.part("block_device_mapping", () -> Ebs.disk(template, disk, bill, count)));
    }

    private static boolean isRoot(Block mapping) {
        return mapping.text("device_name").filter(ROOT_DEVICES::contains).isPresent();
    }

    private static java.util.stream.Stream<Block> ebs(Block mapping) {
        return mapping.block("ebs").stream();
    }

    static void host(Resource host, Bill bill) {
        String family = host.text("instance_family")
                .or(() -> host.text("instance_type").map(type -> type.split("\\.", 2)[0]))
                .orElseThrow(() -> new Unpriceable("neither instance_family nor instance_type is known before apply"));
        Optional<Reservation> reserved = Reservation.of(host.usage());
        bill.hourly(
                "EC2 Dedicated Host (" + (reserved.isPresent() ? "reserved" : "on-demand") + ", " + family + ")",
                BigDecimal.ONE,
                reserved.isPresent()
                        ? reserved.get().price(host, SERVICE, "DedicatedHost reserved " + family, false, bill)
                        : host.rate(SERVICE, "DedicatedHost:" + family));
    }
}
