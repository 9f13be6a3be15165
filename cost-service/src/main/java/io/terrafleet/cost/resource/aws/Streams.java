package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Streams and brokers: Kinesis, MSK, MQ. */
final class Streams {
    private static final String KINESIS = "AmazonKinesis";
    private static final String FIREHOSE = "AmazonKinesisFirehose";
    /** MiB/s that a broker's volume has without more to pay. */
    private static final BigDecimal MSK_THROUGHPUT = BigDecimal.valueOf(250);

    private static final BigDecimal FREE_HOURS = BigDecimal.valueOf(24);

    private Streams() {}

    static void kinesis(Resource stream, Bill bill) {
        boolean onDemand = stream.block("stream_mode_details")
                .flatMap(mode -> mode.text("stream_mode"))
                .filter("ON_DEMAND"::equals)
                .isPresent();
        if (onDemand) {
            bill.hourly("Stream (on-demand)", BigDecimal.ONE, stream.rate(KINESIS, "OnDemand stream-hour"));
            bill.used(
                    "Data ingested",
                    "GB",
                    stream.usage().number("monthly_on_demand_data_in_gb"),
                    stream.rate(KINESIS, "OnDemand ingest"));
            bill.used(
                    "Data retrieval",
                    "GB",
                    stream.usage().number("monthly_on_demand_data_out_gb"),
                    stream.rate(KINESIS, "OnDemand retrieval"));
            kept(
                    stream,
                    bill,
                    "Enhanced Fan Out (EFO) Data retrieval",
                    "monthly_on_demand_efo_data_out_gb",
                    "OnDemand EFO retrieval");
            kept(
                    stream,
                    bill,
                    "Extended retention (24H to 7D)",
                    "monthly_on_demand_extended_retention_gb",
                    "OnDemand extended retention");
            kept(
                    stream,
                    bill,
                    "Extended retention 7D+",
                    "monthly_on_demand_long_term_retention_gb",
                    "OnDemand long-term retention");
        } else {
            BigDecimal shards = stream.number("shard_count", 1);
            bill.hourly("Shards", shards, stream.rate(KINESIS, "ShardHour"));
            if (stream.number("retention_period", 24).compareTo(FREE_HOURS) > 0) {
                bill.hourly("Extended retention", shards, stream.rate(KINESIS, "Extended retention"));
            }
            bill.used(
                    "PUT payload units",
                    "1M units",
                    stream.usage().number("monthly_provisioned_put_units", 1_000_000),
                    stream.rate(KINESIS, "PutRequest"));
        }
    }

    private static void kept(Resource stream, Bill bill, String name, String usageKey, String priceKey) {
        bill.used(name, "GB", stream.usage().number(usageKey), stream.rate(KINESIS, priceKey));
    }

    static void msk(Resource cluster, Bill bill) {
        BigDecimal brokers = cluster.number("number_of_broker_nodes", 2);
        Block group = cluster.block("broker_node_group_info")
                .orElseThrow(() -> new Unpriceable("broker_node_group_info is missing"));
        String type = group.text("instance_type")
                .orElseThrow(() -> new Unpriceable("instance_type is not known before apply"));
        bill.hourly("Instance (" + type + ")", brokers, cluster.rate("AmazonMSK", type));
        Optional<Resource> scaling = cluster.referrers("aws_appautoscaling_target", "resource_id")
                .filter(target -> target.text("scalable_dimension")
                        .filter("kafka:broker-storage:VolumeSize"::equals)
                        .isPresent())
                .findFirst();
        if (scaling.isPresent()) {
            bill.assume("autoscaled storage is priced at its least unless a usage file says how much");
        }
        BigDecimal size = scaling.map(
                        target -> target.usage().number("capacity").orElseGet(() -> target.number("min_capacity", 0)))
                .or(() -> disk(group)
                        .flatMap(disk -> disk.number("volume_size"))
                        .or(() -> group.number("ebs_volume_size")))
                .orElse(BigDecimal.ZERO);
        bill.monthly(
                scaling.isPresent() ? "Storage (autoscaling)" : "Storage",
                "GB",
                size.multiply(brokers),
                cluster.rate("AmazonMSK", "Storage"));
        disk(group)
                .flatMap(disk -> disk.block("provisioned_throughput"))
                .filter(throughput -> throughput.flag("enabled", false))
                .ifPresent(throughput -> bill.monthly(
                        "Provisioned storage throughput",
                        "MBps",
                        throughput
                                .number("volume_throughput", 250)
                                .subtract(MSK_THROUGHPUT)
                                .max(BigDecimal.ZERO)
                                .multiply(brokers),
                        cluster.rate("AmazonMSK", "Storage throughput")));
    }

    private static Optional<Block> disk(Block group) {
        return group.block("storage_info").flatMap(storage -> storage.block("ebs_storage_info"));
    }

    static void mq(Resource broker, Bill bill) {
        String type = broker.text("host_instance_type")
                .orElseThrow(() -> new Unpriceable("host_instance_type is not known before apply"));
        String engine = broker.text("engine_type", "ActiveMQ");
        String mode = broker.text("deployment_mode", "SINGLE_INSTANCE");
        int instances =
                switch (mode.toUpperCase(Locale.ROOT)) {
                    case "ACTIVE_STANDBY_MULTI_AZ" -> 2;
                    case "CLUSTER_MULTI_AZ" -> 3;
                    default -> 1;
                };
        String named = engine.equalsIgnoreCase("RabbitMQ") ? "RabbitMQ" : "ActiveMQ";
        bill.hourly(
                "Instance usage (" + named + ", " + type + ", " + mode.toLowerCase(Locale.ROOT) + ")",
                BigDecimal.ONE,
                broker.instance("AmazonMQ", type, List.of(named)).scaled(BigDecimal.valueOf(instances)));
        boolean shared =
                named.equals("ActiveMQ") && !broker.text("storage_type", "efs").equalsIgnoreCase("ebs");
        BigDecimal copies = BigDecimal.valueOf(named.equals("RabbitMQ") ? instances : 1);
        bill.used(
                "Storage (" + named + ", " + (shared ? "EFS" : "EBS") + ")",
                "GB",
                broker.usage().number("storage_size_gb").map(size -> size.multiply(copies)),
                broker.rate("AmazonMQ", "Storage " + named + (shared ? " EFS" : " EBS")));
    }

    /** Delivery: by what goes through, dearer when it is converted or delivered into a network of one's own. */
    static void firehose(Resource stream, Bill bill) {
        Optional<BigDecimal> ingested = stream.usage().number("monthly_data_ingested_gb");
        bill.used("Data ingested", "GB", ingested, stream.rate(FIREHOSE, "Ingest"));
        boolean converts = stream.block("extended_s3_configuration")
                .flatMap(target -> target.block("data_format_conversion_configuration"))
                .filter(conversion -> conversion.flag("enabled", true))
                .isPresent();
        if (converts) {
            bill.used("Format conversion", "GB", ingested, stream.rate(FIREHOSE, "Format conversion"));
        }
        Stream.of("elasticsearch_configuration", "opensearch_configuration", "opensearchserverless_configuration")
                .flatMap(target -> stream.block(target).stream())
                .flatMap(target -> target.block("vpc_config").stream())
                .findFirst()
                .ifPresent(network -> {
                    bill.used("VPC data", "GB", ingested, stream.rate(FIREHOSE, "VPC data"));
                    BigDecimal zones = BigDecimal.valueOf(Math.max(1, network.size("subnet_ids", 1)));
                    bill.hourly("VPC AZ delivery", zones, stream.rate(FIREHOSE, "VPC AZ"));
                });
    }
}
