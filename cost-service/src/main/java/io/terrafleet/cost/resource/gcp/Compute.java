package io.terrafleet.cost.resource.gcp;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Machines, their disks and addresses, alone and in groups. */
final class Compute {
    static final String SERVICE = "GoogleCloud";
    private static final BigDecimal LOCAL_GIGABYTES = BigDecimal.valueOf(375);

    /** What the catalogue calls each type of disk. */
    private static final Map<String, String> DISKS = Map.of(
            "pd-standard", "hdd",
            "pd-balanced", "balanced",
            "pd-ssd", "ssd",
            "pd-extreme", "extreme",
            "hyperdisk-extreme", "hyperdisk-extreme");

    private Compute() {}

    static void instance(Resource instance, Bill bill) {
        machine(instance, instance, bill, instance.text("machine_type"), BigDecimal.ONE);
        Block boot = instance.block("boot_disk")
                .flatMap(disk -> disk.block("initialize_params"))
                .orElse(null);
        bill.part("boot_disk", () -> {
            BigDecimal size = boot == null ? BigDecimal.TEN : boot.number("size", 10);
            String type = boot == null ? "pd-standard" : boot.text("type", "pd-standard");
            disk(instance, bill, type, size, false);
        });
        int local = instance.blocks("scratch_disk").size();
        if (local > 0) {
            bill.monthly(
                    "Local SSD provisioned storage",
                    "GB",
                    LOCAL_GIGABYTES.multiply(BigDecimal.valueOf(local)),
                    instance.rate(SERVICE, "disk local"));
        }
        external(instance, bill, BigDecimal.ONE);
    }

    private static void external(Resource owner, Bill bill, BigDecimal count) {
        long addresses = owner.blocks("network_interface").stream()
                .flatMap(network -> network.blocks("access_config").stream())
                .count();
        if (addresses > 0) {
            bill.hourly(
                    "External IP address",
                    count.multiply(BigDecimal.valueOf(addresses)),
                    owner.rate(SERVICE, "network ip vm"));
        }
    }

    /** The hours of {@code count} machines; {@code config} says whether they may be taken away. */
    static void machine(
            Resource owner, Block config, Bill bill, java.util.Optional<String> machineType, BigDecimal count) {
        String type = machineType.orElseThrow(() -> new Unpriceable("machine_type is not known before apply"));
        String plain = type.substring(type.lastIndexOf('/') + 1);
        boolean spot = config.flag("spot", false)
                || config.flag("preemptible", false)
                || config.block("scheduling")
                        .filter(scheduling -> scheduling.flag("preemptible", false)
                                || scheduling
                                        .text("provisioning_model")
                                        .filter("SPOT"::equals)
                                        .isPresent())
                        .isPresent();
        bill.hourly(
                "Instance usage (Linux/UNIX, " + (spot ? "preemptible" : "on-demand") + ", " + plain + ")",
                count,
                owner.instance(SERVICE, plain, List.of(spot ? "Spot" : "OnDemand")));
    }

    static void disk(Resource disk, Bill bill) {
        disk(
                disk,
                bill,
                disk.text("type", "pd-standard"),
                disk.number("size", 10),
                disk.type().contains("region"));
    }

    static void disk(Resource owner, Bill bill, String typeName, BigDecimal size, boolean replicated) {
        String type = typeName.substring(typeName.lastIndexOf('/') + 1);
        String known = DISKS.get(type);
        if (known == null) {
            bill.missing("a disk of type " + type, "the price catalogue does not have it");
            return;
        }
        bill.monthly(
                "Provisioned storage (" + type + ")",
                "GB",
                size,
                owner.rate(SERVICE, "disk " + known + (replicated ? "-replicated" : "")));
    }

    static void address(Resource address, Bill bill) {
        if (address.text("address_type", "EXTERNAL").equals("EXTERNAL")) {
            bill.assume("the address is taken to be in use by a machine; an idle one costs more");
            bill.hourly("IP address", BigDecimal.ONE, address.rate(SERVICE, "network ip vm"));
        }
    }

    /** As many machines as wanted, each as the template says. */
    static void group(Resource group, Bill bill) {
        BigDecimal count = group.number("target_size", 1);
        Resource template = group.blocks("version").stream()
                .flatMap(version -> version
                        .linked(
                                "instance_template",
                                "google_compute_instance_template",
                                "google_compute_region_instance_template")
                        .stream())
                .findFirst()
                .orElseThrow(() -> new Unpriceable("its instance template is not part of this plan"));
        bill.part(template.address(), () -> {
            machine(group, template, bill, template.text("machine_type"), count);
            for (Block disk : template.blocks("disk")) {
                disk(
                        group,
                        bill,
                        disk.text("disk_type", "pd-standard"),
                        disk.number("disk_size_gb", 10).multiply(count),
                        false);
            }
        });
    }

    static void cluster(Resource cluster, Bill bill) {
        bill.hourly("Cluster management fee", BigDecimal.ONE, cluster.rate(SERVICE, "gke cluster", "global"));
        boolean pools = cluster.flag("remove_default_node_pool", false) || cluster.flag("enable_autopilot", false);
        if (!pools
                && cluster.number("initial_node_count")
                        .filter(count -> count.signum() > 0)
                        .isPresent()) {
            bill.part(
                    "default_pool",
                    () -> nodes(cluster, bill, zones(cluster).multiply(cluster.number("initial_node_count", 1))));
        }
        if (cluster.flag("enable_autopilot", false)) {
            bill.usageOnly();
        }
    }

    static void nodePool(Resource pool, Bill bill) {
        BigDecimal each = pool.number("node_count")
                .or(() -> pool.number("initial_node_count"))
                .or(() -> pool.block("autoscaling").map(scaling -> scaling.number("min_node_count", 1)))
                .orElse(BigDecimal.ONE);
        nodes(pool, bill, each.multiply(zones(pool)));
    }

    /** Nodes are counted in each zone; a regional cluster has three unless it names them. */
    private static BigDecimal zones(Resource cluster) {
        int named = cluster.texts("node_locations").size();
        String location = cluster.text("location").orElse("");
        boolean regional = location.matches("[a-z]+-[a-z]+\\d+");
        return BigDecimal.valueOf(named > 0 ? named : regional ? 3 : 1);
    }

    private static void nodes(Resource owner, Bill bill, BigDecimal count) {
        Block config = owner.block("node_config").orElse(owner);
        machine(owner, config, bill, config.text("machine_type").or(() -> java.util.Optional.of("e2-medium")), count);
        disk(
                owner,
                bill,
                config.text("disk_type", "pd-balanced"),
                config.number("disk_size_gb", 100).multiply(count),
                false);
    }
}
