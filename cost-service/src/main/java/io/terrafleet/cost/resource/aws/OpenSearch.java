package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Search domains: data nodes, dedicated masters, warm nodes and the data nodes' disks. */
final class OpenSearch {
    private static final String SERVICE = "AmazonES";

    private OpenSearch() {}

    static void domain(Resource domain, Bill bill) {
        Optional<Block> cluster = domain.block("cluster_config");
        String type = cluster.flatMap(found -> found.text("instance_type")).orElse("m4.large.search");
        BigDecimal count =
                cluster.map(found -> found.number("instance_count", 1)).orElse(BigDecimal.ONE);
        node(domain, bill, "Instance", type, count);
        cluster.filter(found -> found.flag("dedicated_master_enabled", false))
                .ifPresent(found -> node(
                        domain,
                        bill,
                        "Dedicated master",
                        found.text("dedicated_master_type", "m4.large.search"),
                        found.number("dedicated_master_count", 3)));
        cluster.filter(found -> found.flag("warm_enabled", false))
                .ifPresent(found -> node(
                        domain,
                        bill,
                        "UltraWarm instance",
                        found.text("warm_type", "ultrawarm1.medium.search"),
                        found.number("warm_count", 2)));
        domain.block("ebs_options")
                .filter(disk -> disk.flag("ebs_enabled", true))
                .ifPresent(disk -> disk(domain, bill, disk, count));
    }

    /** MiB/s without more to pay: 125 for a small volume, beyond 170 GB 250 for every 3 TB begun, at most 1,000. */
    private static BigDecimal included(BigDecimal gigabytes) {
        return gigabytes.compareTo(BigDecimal.valueOf(170)) <= 0
                ? BigDecimal.valueOf(125)
                : gigabytes
                        .divide(BigDecimal.valueOf(3_000), 0, RoundingMode.UP)
                        .multiply(BigDecimal.valueOf(250))
                        .min(BigDecimal.valueOf(1_000));
    }

    private static void node(Resource domain, Bill bill, String name, String type, BigDecimal count) {
        String size = type.replace(".elasticsearch", ".search");
        bill.hourly(name + " (on-demand, " + type + ")", count, domain.instance(SERVICE, size, List.of("OpenSearch")));
    }

    private static void disk(Resource domain, Bill bill, Block disk, BigDecimal nodes) {
        String type = disk.text("volume_type", "gp2");
        bill.monthly(
                "Storage (" + type + ")",
                "GB",
                disk.number("volume_size", 8).multiply(nodes),
                domain.rate(SERVICE, "ES:VolumeUsage " + type));
        if (type.equals("gp3") && disk.has("throughput")) {
            BigDecimal size = disk.number("volume_size", 8);
            BigDecimal beyond =
                    disk.number("throughput", 125).subtract(included(size)).max(BigDecimal.ZERO);
            bill.monthly(
                    "Throughput (gp3)",
                    "Mbps",
                    beyond.multiply(nodes),
                    domain.rate(SERVICE, "ES:VolumeThroughput gp3"));
        }
        if (type.equals("io1")) {
            bill.monthly(
                    "Storage IOPS (io1)",
                    "IOPS",
                    disk.number("iops", 1).multiply(nodes),
                    domain.rate(SERVICE, "ES:VolumeIOPS io1"));
        }
    }
}
