package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Files: EFS by use, FSx by what is provisioned. */
final class Storage {
    private static final String EFS = "AmazonEFS";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Storage() {}

    /** Provisioned throughput beyond the fiftieth of a MiB/s that each gigabyte brings along. */
    static void efs(Resource files, Bill bill) {
        boolean oneZone = files.has("availability_zone_name");
        Usage usage = files.usage();
        Optional<BigDecimal> stored = usage.number("storage_gb");
        String kind = oneZone ? "one zone" : "standard";
        bill.used(
                "Storage (" + kind + ")", "GB", stored, files.rate(EFS, oneZone ? "OneZone" : "TimedStorage standard"));
        if (files.text("throughput_mode", "bursting").equals("provisioned")) {
            BigDecimal included =
                    stored.orElse(BigDecimal.ZERO).divide(BigDecimal.valueOf(20), 6, RoundingMode.HALF_UP);
            bill.monthly(
                    "Provisioned throughput",
                    "MBps",
                    files.number("provisioned_throughput_in_mibps", 0)
                            .subtract(included)
                            .max(BigDecimal.ZERO),
                    files.rate(EFS, "ProvisionedTP"));
        }
        if (!files.blocks("lifecycle_policy").isEmpty()) {
            bill.used(
                    "Storage (" + kind + ", infrequent access)",
                    "GB",
                    usage.number("infrequent_access_storage_gb"),
                    files.rate(EFS, oneZone ? "OneZone IA" : "IA"));
            bill.used(
                    "Read requests (infrequent access)",
                    "GB",
                    usage.number("monthly_infrequent_access_read_gb"),
                    files.rate(EFS, "IA read"));
            bill.used(
                    "Write requests (infrequent access)",
                    "GB",
                    usage.number("monthly_infrequent_access_write_gb"),
                    files.rate(EFS, "IA write"));
        }
    }

    static void fsx(Resource files, Bill bill) {
        String kind =
                switch (files.type()) {
                    case "aws_fsx_windows_file_system" -> "Windows";
                    case "aws_fsx_openzfs_file_system" -> "OpenZFS";
                    case "aws_fsx_ontap_file_system" -> "ONTAP";
                    default -> "Lustre";
                };
        String zones = files.text("deployment_type", "SINGLE_AZ_1").startsWith("MULTI") ? "Multi-AZ" : "Single-AZ";
        String disk = files.text("storage_type", "SSD");
        BigDecimal size = files.number("storage_capacity", 0);
        if (kind.equals("Lustre")) {
            lustre(files, bill, disk, size);
            return;
        }
        if (files.has("throughput_capacity")) {
            bill.monthly(
                    "Throughput capacity",
                    "MBps",
                    files.number("throughput_capacity", 0),
                    files.rate("AmazonFSx", kind + " throughput " + zones));
        }
        BigDecimal included = size.multiply(BigDecimal.valueOf(3));
        files.block("disk_iops_configuration")
                .flatMap(disks -> disks.number("iops"))
                .filter(iops -> iops.compareTo(included) > 0)
                .ifPresent(iops -> bill.monthly(
                        "Provisioned IOPS",
                        "IOPS",
                        iops.subtract(included),
                        files.rate("AmazonFSx", kind + " IOPS " + zones)));
        disks(files, bill, disk, size, files.rate("AmazonFSx", kind + " " + disk + " storage " + zones));
        backup(files, bill, kind);
    }

    /** Compressed files take less room: by half, unless the usage file knows better. */
    private static void disks(Resource files, Bill bill, String disk, BigDecimal size, Quote price) {
        boolean compressed = files.block("root_volume_configuration")
                .flatMap(volume -> volume.text("data_compression_type"))
                .filter("LZ4"::equals)
                .isPresent();
        if (!compressed) {
            bill.monthly(disk + " storage", "GB", size, price);
            return;
        }
        BigDecimal saved = files.usage()
                .number("compression_savings_percent", BigDecimal.valueOf(50))
                .min(HUNDRED);
        bill.assume("compression is taken to save " + saved.toPlainString() + " % of the storage");
        bill.monthly(
                disk + " storage (LZ4 compression, " + saved.toPlainString() + "%)",
                "GB",
                size.multiply(HUNDRED.subtract(saved)).divide(HUNDRED, 6, RoundingMode.HALF_UP),
                price);
    }

    private static void lustre(Resource files, Bill bill, String disk, BigDecimal size) {
        boolean scratch = files.text("deployment_type", "SCRATCH_1").startsWith("SCRATCH");
        String speed = files.text("per_unit_storage_throughput", disk.equals("HDD") ? "12" : "125");
        bill.monthly(
                disk + " storage",
                "GB",
                size,
                files.rate(
                        "AmazonFSx", "Lustre " + disk + " storage " + (scratch ? "Scratch" : "Persistent " + speed)));
        backup(files, bill, "Lustre");
    }

    private static void backup(Resource files, Bill bill, String kind) {
        bill.used(
                "Backup storage",
                "GB",
                files.usage().number("backup_storage_gb"),
                files.rate("AmazonFSx", kind + " backup"));
    }
}
