package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.price.Tier;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Block volumes, standing alone or part of an instance. Baselines: gp3 includes 3,000 IOPS and 125 MiB/s. */
final class Ebs {
    private static final String EC2 = "AmazonEC2";
    private static final BigDecimal GP3_IOPS = BigDecimal.valueOf(3_000);
    private static final BigDecimal GP3_THROUGHPUT = BigDecimal.valueOf(125);
    private static final Map<String, String> NAMES = Map.of(
            "gp2", "general purpose SSD, gp2",
            "gp3", "general purpose SSD, gp3",
            "io1", "provisioned IOPS SSD, io1",
            "io2", "provisioned IOPS SSD, io2",
            "st1", "throughput optimized HDD, st1",
            "sc1", "cold HDD, sc1",
            "standard", "magnetic");

    private Ebs() {}

    static void volume(Resource volume, Bill bill) {
        volume(volume, volume, bill, "type", "size", BigDecimal.ONE);
    }

    /** The disk of {@code count} instances: {@code root_block_device}, {@code ebs_block_device} or a template's {@code ebs}. */
    static void disk(Resource owner, Block disk, Bill bill, BigDecimal count) {
        volume(owner, disk, bill, "volume_type", "volume_size", count);
    }

    /** A disk that the configuration leaves to the image. */
    static void imageDisk(Resource owner, Bill bill, long gigabytes, BigDecimal count) {
        bill.assume("the root volume's size is left to the image; assumed " + gigabytes + " GB gp2");
        bill.monthly(
                "Storage (" + NAMES.get("gp2") + ")",
                "GB",
                BigDecimal.valueOf(gigabytes).multiply(count),
                owner.rate(EC2, "EBS:VolumeUsage.gp2"));
    }

    private static void volume(
            Resource owner, Block disk, Bill bill, String typeName, String sizeName, BigDecimal count) {
        String type = disk.text(typeName, "gp2");
        String name = NAMES.get(type);
        if (name == null) {
            throw new Unpriceable(typeName + " is none of "
                    + String.join(", ", NAMES.keySet().stream().sorted().toList()));
        }
        if (!disk.has(sizeName)) {
            bill.assume("a volume's size is not in the plan; assumed 8 GB");
        }
        BigDecimal size = disk.number(sizeName, 8);
        bill.monthly("Storage (" + name + ")", "GB", size.multiply(count), owner.rate(EC2, "EBS:VolumeUsage." + type));
        switch (type) {
            case "io1", "io2" -> {
                BigDecimal iops = disk.number("iops", 100);
                Quote price = type.equals("io1") ? owner.rate(EC2, "EBS:VolumeP-IOPS.piops") : io2(owner);
                bill.monthly("Provisioned IOPS", "IOPS", iops, count, price);
            }
            case "gp3" -> {
                over(
                        bill,
                        "Provisioned IOPS",
                        "IOPS",
                        disk.number("iops", 3_000).subtract(GP3_IOPS),
                        count,
                        owner.rate(EC2, "EBS:VolumeP-IOPS.gp3 (over 3000)"));
                over(
                        bill,
                        "Provisioned throughput",
                        "MiBps",
                        disk.number("throughput", 125).subtract(GP3_THROUGHPUT),
                        count,
                        owner.rate(EC2, "EBS:VolumeP-Throughput.gp3 (over 125)"));
            }
            case "standard" ->
                bill.usage("I/O requests", "1M requests", owner.rate(EC2, "EBS:VolumeIOUsage (standard)"));
            default -> {}
        }
    }

    private static void over(Bill bill, String name, String unit, BigDecimal units, BigDecimal count, Quote price) {
        if (units.signum() > 0) {
            bill.monthly(name, unit, units.multiply(count), price);
        }
    }

    /** io2 is cheaper above 32,000 and again above 64,000 IOPS of one volume. */
    private static Quote io2(Resource owner) {
        List<Tier> tiers = new ArrayList<>();
        Quote first = owner.rate(EC2, "EBS:VolumeP-IOPS.io2 (<=32000)");
        for (Quote quote : List.of(
                first, owner.rate(EC2, "EBS:VolumeP-IOPS.io2.tier2"), owner.rate(EC2, "EBS:VolumeP-IOPS.io2.tier3"))) {
            switch (quote) {
                case Quote.Missing missing -> {
                    return missing;
                }
                case Quote.Found found -> tiers.addAll(found.tiers());
            }
        }
        return first instanceof Quote.Found found
                ? new Quote.Found(tiers, found.unit(), found.source(), found.date())
                : first;
    }

    static void snapshot(Resource snapshot, Bill bill) {
        bill.usage("EBS snapshot storage", "GB", snapshot.rate(EC2, "EBS:SnapshotUsage"));
    }
}
