package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.price.Tier;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                        "Mbps",
                        disk.number("throughput", 125).subtract(GP3_THROUGHPUT),
                        count,
                        owner.rate(EC2, "EBS:VolumeP-Throughput.gp3 (over 125)"));
            }
            case "standard" ->
                bill.used(
                        "I/O requests",
                        "1M request",
                        owner.usage().number("monthly_standard_io_requests", 1_000_000),
                        owner.rate(EC2, "EBS:VolumeIOUsage (standard)"));
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
                ? new Quote.Found(tiers, found.unit(), found.source(), found.date(), found.currency())
                : first;
    }

    /** The disks of {@code count} machines that only settings describe. */
    static void plain(Resource owner, Bill bill, String type, BigDecimal size, BigDecimal iops, BigDecimal count) {
        String name = NAMES.get(type);
        if (name == null) {
            throw new Unpriceable("the volume type is none of "
                    + String.join(", ", NAMES.keySet().stream().sorted().toList()));
        }
        bill.monthly("Storage (" + name + ")", "GB", size.multiply(count), owner.rate(EC2, "EBS:VolumeUsage." + type));
        if (type.startsWith("io")) {
            Quote price = type.equals("io1") ? owner.rate(EC2, "EBS:VolumeP-IOPS.piops") : io2(owner);
            bill.monthly("Provisioned IOPS", "IOPS", iops.max(BigDecimal.valueOf(100)), count, price);
        }
    }

    /** A snapshot is taken to be as large as its volume, which is the most it can be. */
    static void snapshot(Resource snapshot, Bill bill) {
        Usage usage = snapshot.usage();
        storage(snapshot, snapshot.linked("volume_id", "aws_ebs_volume"), bill);
        bill.used(
                "Fast snapshot restore",
                "DSU-hours",
                usage.number("fast_snapshot_restore_hours"),
                snapshot.rate(EC2, "EBS:FastSnapshotRestore"));
        bill.used(
                "ListChangedBlocks & ListSnapshotBlocks API requests",
                "1k requests",
                usage.number("monthly_list_block_requests", 1_000),
                snapshot.rate(EC2, "EBS:ListSnapshotBlocks"));
        bill.used(
                "GetSnapshotBlock API requests",
                "1k SnapshotAPIUnits",
                usage.number("monthly_get_block_requests", 1_000),
                snapshot.rate(EC2, "EBS:GetSnapshotBlock"));
        bill.used(
                "PutSnapshotBlock API requests",
                "1k SnapshotAPIUnits",
                usage.number("monthly_put_block_requests", 1_000),
                snapshot.rate(EC2, "EBS:PutSnapshotBlock"));
    }

    static void snapshotCopy(Resource copy, Bill bill) {
        Optional<Resource> volume = copy.linked("source_snapshot_id", "aws_ebs_snapshot")
                .flatMap(snapshot -> snapshot.linked("volume_id", "aws_ebs_volume"));
        storage(copy, volume, bill);
    }

    private static void storage(Resource snapshot, Optional<Resource> volume, Bill bill) {
        BigDecimal size = volume.map(found -> found.number("size", 8)).orElse(BigDecimal.valueOf(8));
        bill.assume("the snapshot is priced at the size of its volume, "
                + (volume.isPresent() ? "" : "which is not part of this plan, assumed ") + size.toPlainString()
                + " GB");
        bill.used("EBS snapshot storage", "GB", Optional.of(size), snapshot.rate(EC2, "EBS:SnapshotUsage"));
    }
}
