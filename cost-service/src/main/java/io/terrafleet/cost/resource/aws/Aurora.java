package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Clusters whose storage is billed by use: Aurora, DocumentDB, Neptune; and the instances in them. */
final class Aurora {
    private static final String SERVERLESS = "db.serverless";
    private static final BigDecimal NODES = BigDecimal.valueOf(3);

    private Aurora() {}

    /** An Aurora cluster itself has no fixed cost; a Multi-AZ cluster of plain RDS has three nodes and storage. */
    static void cluster(Resource cluster, Bill bill) {
        Optional<String> nodeType = cluster.text("db_cluster_instance_class");
        if (nodeType.isPresent()) {
            nodes(cluster, bill, nodeType.get());
            return;
        }
        bill.usage("Storage", "GB", cluster.rate(Rds.SERVICE, "Aurora storage standard"));
        bill.usage("I/O requests", "1M requests", cluster.rate(Rds.SERVICE, "Aurora I/O"));
        bill.usage("Backup storage", "GB", cluster.rate(Rds.SERVICE, "Aurora backup"));
        if (cluster.text("engine_mode").filter("serverless"::equals).isPresent()) {
            bill.usage("Aurora serverless", "ACU-hours", cluster.rate(Rds.SERVICE, "Aurora serverless v1 ACU"));
        }
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
        if (cluster.flatMap(found -> found.text("storage_type"))
                .filter("aurora-iopt1"::equals)
                .isPresent()) {
            bill.missing("an I/O-optimized " + type, "the price book has standard Aurora instances only");
            return;
        }
        bill.hourly(
                "Database instance (on-demand, " + type + ")",
                BigDecimal.ONE,
                instance.instance(Rds.SERVICE, type, RdsEngines.variants(engine, "")));
        String version = instance.text("engine_version")
                .or(() -> cluster.flatMap(found -> found.text("engine_version")))
                .orElse("");
        Rds.extendedSupport(instance, bill, type, engine, version, false);
        Rds.insights(instance, bill, type);
    }

    private static void serverless(Resource instance, Optional<Resource> cluster, Bill bill) {
        Optional<Block> scaling = cluster.flatMap(found -> found.block("serverlessv2_scaling_configuration"));
        BigDecimal least = scaling.map(found -> found.number("min_capacity", 0)).orElse(BigDecimal.ZERO);
        bill.assume("a serverless instance is priced at its least capacity, " + least.toPlainString() + " ACU");
        bill.monthly(
                "Aurora serverless v2",
                "ACU-hours",
                least.multiply(Bill.HOURS),
                instance.rate(Rds.SERVICE, "Aurora serverless v2 ACU"));
    }

    static void documentInstance(Resource instance, Bill bill) {
        named(instance, bill, "AmazonDocDB", "DocDB");
    }

    static void neptuneInstance(Resource instance, Bill bill) {
        named(instance, bill, "AmazonNeptune", "Neptune");
    }

    private static void named(Resource instance, Bill bill, String service, String variant) {
        String type = instance.text("instance_class")
                .orElseThrow(() -> new Unpriceable("instance_class is not known before apply"));
        bill.hourly(
                "Database instance (on-demand, " + type + ")",
                BigDecimal.ONE,
                instance.instance(service, type, List.of(variant)));
    }
}
