package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Clusters whose storage is billed by use: Aurora, DocumentDB, Neptune; and the instances in them. */
final class Aurora {
    private static final String SERVERLESS = "db.serverless";
    private static final String DOCUMENTS = "AmazonDocDB";
    private static final String GRAPHS = "AmazonNeptune";
    private static final BigDecimal NODES = BigDecimal.valueOf(3);
    private static final BigDecimal SECONDS = Bill.HOURS.multiply(BigDecimal.valueOf(3_600));

    private Aurora() {}

    /** An Aurora cluster itself has no fixed cost; a Multi-AZ cluster of plain RDS has three nodes and storage. */
    static void cluster(Resource cluster, Bill bill) {
        Optional<String> nodeType = cluster.text("db_cluster_instance_class");
        if (nodeType.isPresent()) {
            nodes(cluster, bill, nodeType.get());
            return;
        }
        if (cluster.text("engine_mode").filter("serverless"::equals).isPresent()) {
            bill.used(
                    "Aurora serverless",
                    "ACU-hours",
                    cluster.usage().number("capacity_units_per_hr").map(units -> units.multiply(Bill.HOURS)),
                    cluster.rate(Rds.SERVICE, "Aurora serverless v1 ACU"));
        }
        storage(cluster, bill);
        kept(cluster, bill);
    }

    /** An I/O-optimized cluster pays more for storage and nothing for what is read and written. */
    private static void storage(Resource cluster, Bill bill) {
        boolean optimized =
                cluster.text("storage_type").filter("aurora-iopt1"::equals).isPresent();
        Usage usage = cluster.usage();
        bill.used(
                optimized ? "Storage (I/O-optimized)" : "Storage",
                "GB",
                usage.number("storage_gb"),
                cluster.rate(Rds.SERVICE, optimized ? "Aurora storage I/O-optimized" : "Aurora storage standard"));
        boolean counted = !optimized && (usage.has("write_requests_per_sec") || usage.has("read_requests_per_sec"));
        BigDecimal perSecond = usage.number("write_requests_per_sec", BigDecimal.ZERO)
                .add(usage.number("read_requests_per_sec", BigDecimal.ZERO));
        bill.used(
                "I/O requests",
                "1M requests",
                counted ? Optional.of(perSecond.multiply(SECONDS).movePointLeft(6)) : Optional.empty(),
                cluster.rate(Rds.SERVICE, "Aurora I/O"));
    }

    /** Backups of more than a day, the way back in time, and exports. */
    private static void kept(Resource cluster, Bill bill) {
        Usage usage = cluster.usage();
        BigDecimal days = cluster.number("backup_retention_period", 1);
        if (days.compareTo(BigDecimal.ONE) > 0) {
            bill.used(
                    "Backup storage",
                    "GB",
                    usage.number("backup_snapshot_size_gb").map(size -> size.multiply(days.subtract(BigDecimal.ONE))),
                    cluster.rate(Rds.SERVICE, "Aurora backup"));
        }
        boolean goesBack = cluster.number("backtrack_window")
                        .filter(window -> window.signum() > 0)
                        .isPresent()
                || (usage.has("backtrack_window_hrs")
                        && cluster.text("engine", "aurora-mysql").equals("aurora-mysql"));
        if (goesBack) {
            Optional<BigDecimal> records = usage.number("average_statements_per_hr")
                    .map(statements -> statements
                            .multiply(usage.number("change_records_per_statement", BigDecimal.ZERO))
                            .multiply(usage.number("backtrack_window_hrs", BigDecimal.ZERO))
                            .multiply(Bill.HOURS)
                            .movePointLeft(6));
            bill.used("Backtrack", "1M change-records", records, cluster.rate(Rds.SERVICE, "Aurora backtrack"));
        }
        bill.used(
                "Snapshot export",
                "GB",
                usage.number("snapshot_export_size_gb"),
                cluster.rate(Rds.SERVICE, "Aurora snapshot export"));
    }

    private static void nodes(Resource cluster, Bill bill, String type) {
        String engine = cluster.text("engine").orElseThrow(() -> new Unpriceable("engine is not known before apply"));
        bill.assume("the nodes of a Multi-AZ cluster are priced as three Single-AZ instances");
        bill.hourly(
                "Database instance (on-demand, Multi-AZ cluster, " + type + ")",
                NODES,
                cluster.instance(Rds.SERVICE, type, RdsEngines.variants(engine, "")));
        String storage = cluster.text("storage_type", "io1");
        bill.monthly(
                "Storage (" + storage + ")",
                "GB",
                cluster.number("allocated_storage", 100),
                cluster.rate(Rds.SERVICE, "RDS storage " + storage + " Multi-AZ cluster"));
    }

    static void instance(Resource instance, Bill bill) {
        Optional<Resource> cluster = instance.linked("cluster_identifier", "aws_rds_cluster");
        String type = instance.text("instance_class")
                .orElseThrow(() -> new Unpriceable("instance_class is not known before apply"));
        String engine = instance.text("engine")
                .or(() -> cluster.flatMap(found -> found.text("engine")))
                .orElse("aurora-mysql");
        if (type.equals(SERVERLESS)) {
            serverless(instance, cluster, bill);
            return;
        }
        boolean optimized = cluster.flatMap(found -> found.text("storage_type"))
                .filter("aurora-iopt1"::equals)
                .isPresent();
        Optional<Reservation> reserved = Reservation.of(instance.usage());
        String storage = optimized ? "I/O-optimized, " : "";
        if (reserved.isPresent()) {
            bill.hourly(
                    "Database instance (reserved, " + storage + type + ")",
                    BigDecimal.ONE,
                    reserved.get().price(instance, Rds.SERVICE, "RDS reserved " + type + " " + engine, false, bill));
        } else {
            bill.hourly(
                    "Database instance (on-demand, " + storage + type + ")",
                    BigDecimal.ONE,
                    instance.instance(
                            Rds.SERVICE,
                            type,
                            RdsEngines.variants(engine, "").stream()
                                    .map(variant -> optimized ? variant + "/I/O-optimized" : variant)
                                    .toList()));
        }
        String version = instance.text("engine_version")
                .or(() -> cluster.flatMap(found -> found.text("engine_version")))
                .orElse("");
        Rds.extendedSupport(instance, bill, type, engine, version, false);
        Rds.insights(instance, bill, type);
        Rds.credits(instance, bill, type);
    }

    private static void serverless(Resource instance, Optional<Resource> cluster, Bill bill) {
        Optional<Block> scaling = cluster.flatMap(found -> found.block("serverlessv2_scaling_configuration"));
        BigDecimal least = scaling.map(found -> found.number("min_capacity", 0)).orElse(BigDecimal.ZERO);
        Optional<BigDecimal> used = instance.usage().number("capacity_units_per_hr");
        if (used.isEmpty()) {
            bill.assume("a serverless instance is priced at its least capacity, " + least.toPlainString() + " ACU");
        }
        bill.monthly(
                "Aurora serverless v2",
                "ACU-hours",
                used.orElse(least).multiply(Bill.HOURS),
                instance.rate(Rds.SERVICE, "Aurora serverless v2 ACU"));
    }

    /** Documents and I/O are billed with the instance, as the usage files have it. */
    static void documentInstance(Resource instance, Bill bill) {
        String type = named(instance, bill, DOCUMENTS, "DocDB");
        Usage usage = instance.usage();
        bill.used("Storage", "GB", usage.number("data_storage_gb"), instance.rate(DOCUMENTS, "Storage"));
        bill.used(
                "I/O requests",
                "1M requests",
                usage.number("monthly_io_requests", 1_000_000),
                instance.rate(DOCUMENTS, "I/O"));
        credits(instance, bill, type, DOCUMENTS);
    }

    static void documentCluster(Resource cluster, Bill bill) {
        bill.used(
                "Backup storage", "GB", cluster.usage().number("backup_storage_gb"), cluster.rate(DOCUMENTS, "Backup"));
    }

    static void neptuneInstance(Resource instance, Bill bill) {
        credits(instance, bill, named(instance, bill, GRAPHS, "Neptune"), GRAPHS);
    }

    static void neptuneCluster(Resource cluster, Bill bill) {
        Usage usage = cluster.usage();
        bill.used("Storage", "GB", usage.number("storage_gb"), cluster.rate(GRAPHS, "Storage"));
        bill.used(
                "I/O requests",
                "1M request",
                usage.number("monthly_io_requests", 1_000_000),
                cluster.rate(GRAPHS, "I/O"));
        if (cluster.number("backup_retention_period", 1).compareTo(BigDecimal.ONE) > 0) {
            neptuneSnapshot(cluster, bill);
        }
    }

    static void neptuneSnapshot(Resource snapshot, Bill bill) {
        bill.used(
                "Backup storage", "GB", snapshot.usage().number("backup_storage_gb"), snapshot.rate(GRAPHS, "Backup"));
    }

    private static void credits(Resource instance, Bill bill, String type, String service) {
        if (type.startsWith("db.t3.") || type.startsWith("db.t4g.")) {
            bill.used(
                    "CPU credits",
                    "vCPU-hours",
                    instance.usage().number("monthly_cpu_credit_hrs"),
                    instance.rate(service, "CPUCredits"));
        }
    }

    private static String named(Resource instance, Bill bill, String service, String variant) {
        String type = instance.text("instance_class")
                .orElseThrow(() -> new Unpriceable("instance_class is not known before apply"));
        bill.hourly(
                "Database instance (on-demand, " + type + ")",
                BigDecimal.ONE,
                instance.instance(service, type, List.of(variant)));
        return type;
    }
}
