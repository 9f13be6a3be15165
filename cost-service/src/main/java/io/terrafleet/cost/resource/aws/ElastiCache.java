package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Cache nodes by the hour. Valkey costs a fifth less than Redis on the same node. */
final class ElastiCache {
    private static final String SERVICE = "AmazonElastiCache";
    private static final BigDecimal VALKEY = new BigDecimal("0.8");

    private ElastiCache() {}

    static void cluster(Resource cluster, Bill bill) {
        Optional<Resource> group = cluster.linked("replication_group_id", "aws_elasticache_replication_group");
        String engine = cluster.text("engine")
                .or(() -> group.flatMap(found -> found.text("engine")))
                .orElse("redis");
        Optional<String> node = cluster.text("node_type").or(() -> group.flatMap(found -> found.text("node_type")));
        nodes(cluster, bill, engine, node, cluster.number("num_cache_nodes", 1));
        backup(cluster, bill);
    }

    static void replicationGroup(Resource group, Bill bill) {
        nodes(group, bill, group.text("engine", "redis"), group.text("node_type"), count(group));
        backup(group, bill);
    }

    private static BigDecimal count(Resource group) {
        Optional<BigDecimal> clusters =
                group.number("num_cache_clusters").or(() -> group.number("number_cache_clusters"));
        if (clusters.isPresent()) {
            return clusters.get();
        }
        Block sharding = group.block("cluster_mode").orElse(group);
        BigDecimal shards = sharding.number("num_node_groups", 1);
        BigDecimal replicas = sharding.number("replicas_per_node_group", 0);
        return shards.multiply(replicas.add(BigDecimal.ONE));
    }

    private static void nodes(Resource owner, Bill bill, String engine, Optional<String> node, BigDecimal count) {
        String type = node.orElseThrow(() -> new Unpriceable("node_type is not known before apply"));
        bill.hourly("ElastiCache (on-demand, " + type + ")", count, price(owner, bill, engine, type));
    }

    private static Quote price(Resource owner, Bill bill, String engine, String type) {
        return switch (engine) {
            case "redis" -> owner.instance(SERVICE, type, List.of("Redis+Memcached", "Redis"));
            case "memcached" -> owner.instance(SERVICE, type, List.of("Redis+Memcached", "Memcached"));
            case "valkey" -> {
                bill.assume("Valkey nodes are priced at 80 % of Redis nodes");
                yield owner.instance(SERVICE, type, List.of("Redis+Memcached", "Redis"))
                        .scaled(VALKEY);
            }
            default -> throw new Unpriceable("engine must be redis, valkey or memcached");
        };
    }

    private static void backup(Resource owner, Bill bill) {
        if (owner.number("snapshot_retention_limit", 0).compareTo(BigDecimal.ONE) > 0) {
            bill.usage("Backup storage", "GB", owner.rate(SERVICE, "Backup"));
        }
    }

    static void memoryDb(Resource cluster, Bill bill) {
        String type =
                cluster.text("node_type").orElseThrow(() -> new Unpriceable("node_type is not known before apply"));
        BigDecimal nodes = cluster.number("num_shards", 1)
                .multiply(cluster.number("num_replicas_per_shard", 1).add(BigDecimal.ONE));
        bill.hourly(
                "MemoryDB (on-demand, " + type + ")",
                nodes,
                cluster.instance("AmazonMemoryDB", type, List.of("MemoryDB")));
    }
}
