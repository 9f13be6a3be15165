package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Streams and brokers: Kinesis, MSK, MQ. */
final class Streams {
    private static final String KINESIS = "AmazonKinesis";

    private Streams() {}

    static void kinesis(Resource stream, Bill bill) {
        boolean onDemand = stream.block("stream_mode_details")
                .flatMap(mode -> mode.text("stream_mode"))
                .filter("ON_DEMAND"::equals)
                .isPresent();
        if (onDemand) {
            bill.hourly("Stream (on-demand)", BigDecimal.ONE, stream.rate(KINESIS, "OnDemand stream-hour"));
        } else {
            bill.hourly("Shards", stream.number("shard_count", 1), stream.rate(KINESIS, "ShardHour"));
            bill.usage("PUT payload units", "1M units", stream.rate(KINESIS, "PutRequest"));
        }
    }

    static void msk(Resource cluster, Bill bill) {
        BigDecimal brokers = cluster.number("number_of_broker_nodes", 2);
        Block group = cluster.block("broker_node_group_info")
                .orElseThrow(() -> new Unpriceable("broker_node_group_info is missing"));
        String type = group.text("instance_type")
                .orElseThrow(() -> new Unpriceable("instance_type is not known before apply"));
        bill.hourly("Instance (" + type + ")", brokers, cluster.rate("AmazonMSK", type));
        BigDecimal size = group.block("storage_info")
                .flatMap(storage -> storage.block("ebs_storage_info"))
                .flatMap(storage -> storage.number("volume_size"))
                .orElse(BigDecimal.ZERO);
        bill.monthly("Storage", "GB", size.multiply(brokers), cluster.rate("AmazonMSK", "Storage"));
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
        bill.hourly(
                "Instance usage (" + engine + ", " + type + ")",
                BigDecimal.valueOf(instances),
                broker.instance("AmazonMQ", type, List.of(engine)));
        bill.usage("Storage", "GB", broker.rate("AmazonMQ", "Storage " + engine));
    }
}
