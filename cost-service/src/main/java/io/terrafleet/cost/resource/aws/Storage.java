package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;

/** Files and objects: S3 and EFS by use, FSx by what is provisioned. */
final class Storage {
    private Storage() {}

    static void bucket(Resource bucket, Bill bill) {
        bill.usage("Storage (standard)", "GB", bucket.rate("AmazonS3", "TimedStorage Standard"));
        bill.usage(
                "PUT, COPY, POST, LIST requests",
                "1k requests",
                bucket.rate("AmazonS3", "Requests-Tier1 (PUT/COPY/POST/LIST)"));
        bill.usage(
                "GET, SELECT, and all other requests", "1k requests", bucket.rate("AmazonS3", "Requests-Tier2 (GET)"));
    }

    static void efs(Resource files, Bill bill) {
        boolean oneZone = files.has("availability_zone_name");
        bill.usage(
                oneZone ? "Storage (one zone)" : "Storage (standard)",
                "GB",
                files.rate("AmazonEFS", oneZone ? "OneZone" : "TimedStorage standard"));
        if (files.text("throughput_mode", "bursting").equals("provisioned")) {
            bill.monthly(
                    "Provisioned throughput",
                    "MBps",
                    files.number("provisioned_throughput_in_mibps", 0),
                    files.rate("AmazonEFS", "ProvisionedTP"));
        }
        if (!files.blocks("lifecycle_policy").isEmpty()) {
            bill.usage("Storage (infrequent access)", "GB", files.rate("AmazonEFS", "IA"));
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
        bill.monthly(disk + " storage", "GB", size, files.rate("AmazonFSx", kind + " " + disk + " storage " + zones));
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
    }
}
