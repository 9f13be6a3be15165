package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cache nodes by the hour. Valkey costs a fifth less than Redis on the same node. */
final class ElastiCache {
    private static final String SERVICE = "AmazonElastiCache";
    private static final String TARGET = "aws_appautoscaling_target";
    private static final String MEMORY_DB = "AmazonMemoryDB";
    private static final BigDecimal VALKEY = new BigDecimal("0.8");
    private static final BigDecimal MEMORY_DB_VALKEY = new BigDecimal("0.7");

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
        Optional<BigDecimal> scaled = autoscaled(group, bill);
        nodes(
                group,
                bill,
                group.text("engine", "redis"),
                group.text("node_type"),
                scaled.orElseGet(() -> count(group)));
        backup(group, bill);
    }

    /** Shards times copies where either is scaled by itself: at their least, or as the usage file says. */
    private static Optional<BigDecimal> autoscaled(Resource group, Bill bill) {
        Optional<BigDecimal> shards = target(group, "NodeGroups");
        Optional<BigDecimal> copies = target(group, "Replicas");
        if (shards.isEmpty() && copies.isEmpty()) {
            return Optional.empty();
        }
        bill.assume("autoscaled nodes are priced at their least unless a usage file says how many");
        Block sharding = group.block("cluster_mode").orElse(group);
        return Optional.of(shards.orElseGet(() -> sharding.number("num_node_groups", 1))
                .multiply(copies.orElseGet(() -> sharding.number("replicas_per_node_group", 0))
                        .add(BigDecimal.ONE)));
    }

    private static Optional<BigDecimal> target(Resource group, String what) {
        String dimension = "elasticache:replication-group:" + what;
        String named = "replication-group/" + group.text("replication_group_id").orElse("");
        return Stream.concat(group.holding(TARGET, "resource_id", named), group.referrers(TARGET, "resource_id"))
                .filter(found -> found.text("scalable_dimension")
                        .filter(dimension::equals)
                        .isPresent())
                .findFirst()
                .map(found -> found.usage().number("capacity").orElseGet(() -> found.number("min_capacity", 1)));
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
        Optional<Reservation> reserved = Reservation.of(owner.usage());
        BigDecimal hours = owner.usage().number("monthly_hrs", Bill.HOURS);
        bill.monthly(
                "ElastiCache (" + (reserved.isPresent() ? "reserved" : "on-demand") + ", " + type + ")",
                "hours",
                count.multiply(hours),
                reserved.isPresent()
                        ? reserved.get().price(owner, SERVICE, "Reserved " + type + " " + engine, false, bill)
                        : price(owner, bill, engine, type));
    }

    private static Quote price(Resource owner, Bill bill, String engine, String type) {
        return switch (engine) {
            case "redis" -> owner.instance(SERVICE, type, List.of("Redis", "Redis+Memcached"));
            case "memcached" -> owner.instance(SERVICE, type, List.of("Memcached", "Redis+Memcached"));
            case "valkey" -> {
                bill.assume("Valkey nodes are priced at 80 % of Redis nodes");
                yield owner.instance(SERVICE, type, List.of("Redis", "Redis+Memcached"))
                        .scaled(VALKEY);
            }
            default -> throw new Unpriceable("engine must be redis, valkey or memcached");
        };
    }

    /** Of the snapshots that are kept one is free; the usage file tells the size of each. */
    private static void backup(Resource owner, Bill bill) {
        BigDecimal billed = owner.number("snapshot_retention_limit", 0).subtract(BigDecimal.ONE);
        if (billed.signum() > 0) {
            bill.used(
                    "Backup storage",
                    "GB",
                    owner.usage().number("snapshot_storage_size_gb").map(billed::multiply),
                    owner.rate(SERVICE, "Backup"));
        }
    }

    static void memoryDb(Resource cluster, Bill bill) {
        String type =
                cluster.text("node_type").orElseThrow(() -> new Unpriceable("node_type is not known before apply"));
        BigDecimal nodes = cluster.number("num_shards", 1)
                .multiply(cluster.number("num_replicas_per_shard", 1).add(BigDecimal.ONE));
        boolean valkey = cluster.text("engine").filter("valkey"::equals).isPresent();
        Quote price = cluster.instance(MEMORY_DB, type, List.of("MemoryDB"));
        if (valkey) {
            bill.assume("Valkey nodes are priced at 70 % of Redis nodes");
        }
        bill.hourly(
                "MemoryDB instance (" + (valkey ? "valkey, " : "") + "on-demand, " + type + ")",
                nodes,
                valkey ? price.scaled(MEMORY_DB_VALKEY) : price);
        Usage usage = cluster.usage();
        bill.used(
                "Data written",
                "GB",
                usage.number("monthly_data_written_gb"),
                cluster.rate(MEMORY_DB, valkey ? "Data written valkey" : "Data written"));
        BigDecimal billed = cluster.number("snapshot_retention_limit", 0).subtract(BigDecimal.ONE);
        if (billed.signum() > 0) {
            bill.used(
                    "Backup storage",
                    "GB",
                    usage.number("snapshot_storage_size_gb").map(billed::multiply),
                    cluster.rate(MEMORY_DB, "Snapshot"));
        }
    }

    /** Serverless caches are billed by what they hold and do, and always for a little: that floor is not in the price book. */
    static void serverless(Resource cache, Bill bill) {
        String suffix = cache.text("engine", "redis").equals("valkey") ? " valkey" : "";
        bill.used(
                "Data stored",
                "GB-hours",
                cache.usage().number("storage_gb").map(size -> size.multiply(Bill.HOURS)),
                cache.rate(SERVICE, "Serverless storage" + suffix));
        bill.used(
                "ElastiCache processing units",
                "1M ECPUs",
                cache.usage().number("monthly_ecpus", 1_000_000),
                cache.rate(SERVICE, "Serverless ECPU" + suffix));
    }
}
