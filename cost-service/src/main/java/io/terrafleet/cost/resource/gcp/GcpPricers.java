package io.terrafleet.cost.resource.gcp;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of Google Cloud's types that cost something. */
public final class GcpPricers {
    private static final String SERVICE = Compute.SERVICE;
    private static final String GLOBAL = "global";
    private static final Pattern CUSTOM = Pattern.compile("db-custom-(\\d{1,3})-(\\d{3,7})");
    private static final BigDecimal MEGABYTES = BigDecimal.valueOf(1_024);

    /** Types that cost nothing by themselves. */
    private static final Set<String> FREE = Set.of(
            "google_compute_network",
            "google_compute_subnetwork",
            "google_compute_firewall",
            "google_compute_instance_template",
            "google_compute_region_instance_template",
            "google_compute_instance_group",
            "google_compute_health_check",
            "google_compute_backend_service",
            "google_compute_url_map",
            "google_compute_router",
            "google_compute_route",
            "google_project",
            "google_project_service",
            "google_service_account",
            "google_sql_database",
            "google_sql_user",
            "google_kms_key_ring",
            "google_storage_bucket_iam_member",
            "google_storage_bucket_object");

    private static final Map<String, Pricer> TABLE = new HashMap<>();

    static {
        TABLE.put("google_compute_instance", Compute::instance);
        TABLE.put("google_compute_disk", Compute::disk);
        TABLE.put("google_compute_region_disk", Compute::disk);
        TABLE.put("google_compute_address", Compute::address);
        TABLE.put("google_compute_global_address", Compute::address);
        TABLE.put("google_compute_instance_group_manager", Compute::group);
        TABLE.put("google_compute_region_instance_group_manager", Compute::group);
        TABLE.put("google_container_cluster", Compute::cluster);
        TABLE.put("google_container_node_pool", Compute::nodePool);
        TABLE.put("google_compute_router_nat", GcpPricers::nat);
        TABLE.put("google_compute_vpn_tunnel", hourly("VPN tunnel", "network vpn tunnel"));
        TABLE.put("google_compute_forwarding_rule", worldwide("Forwarding rule", "forwarding rule"));
        TABLE.put("google_compute_global_forwarding_rule", worldwide("Forwarding rule", "forwarding rule"));
        TABLE.put("google_storage_bucket", GcpPricers::bucket);
        TABLE.put("google_sql_database_instance", GcpPricers::database);
        TABLE.put("google_redis_instance", GcpPricers::redis);
        TABLE.put("google_dns_managed_zone", monthly("Managed zone", "zones", "dns zone"));
        TABLE.put("google_kms_crypto_key", monthly("Key versions", "versions", "kms key version"));
        TABLE.put("google_secret_manager_secret", monthly("Active secret versions", "versions", "secret version"));
        TABLE.put(
                "google_pubsub_topic", used("Message ingestion data", "TiB", "pubsub data", "monthly_message_data_tb"));
        TABLE.put(
                "google_pubsub_subscription",
                used("Message delivery data", "TiB", "pubsub data", "monthly_message_data_tb"));
        TABLE.put("google_bigquery_dataset", used("Queries (on-demand)", "TB", "bigquery query", "monthly_queries_tb"));
        TABLE.put(
                "google_bigquery_table", used("Active storage", "GB", "bigquery storage", "monthly_active_storage_gb"));
        TABLE.put(
                "google_cloudfunctions_function",
                used("Invocations", "1M invocations", "function invocations", "monthly_function_invocations_millions"));
        TABLE.put(
                "google_cloud_run_service",
                used("Requests", "1M requests", "run requests", "monthly_requests_millions"));
        TABLE.put(
                "google_cloud_run_v2_service",
                used("Requests", "1M requests", "run requests", "monthly_requests_millions"));
        TABLE.put("google_artifact_registry_repository", used("Storage", "GB", "artifact storage", "storage_gb"));
    }

    private GcpPricers() {}

    public static Optional<Pricer> of(String type) {
        return Optional.ofNullable(TABLE.get(type));
    }

    public static boolean free(String type) {
        return FREE.contains(type);
    }

    public static Set<String> types() {
        return Set.copyOf(TABLE.keySet());
    }

    private static Pricer hourly(String name, String key) {
        return (resource, bill) -> bill.hourly(name, BigDecimal.ONE, resource.rate(SERVICE, key));
    }

    private static Pricer worldwide(String name, String key) {
        return (resource, bill) -> bill.hourly(name, BigDecimal.ONE, global(resource, key));
    }

    private static Pricer monthly(String name, String unit, String key) {
        return (resource, bill) -> bill.monthly(name, unit, BigDecimal.ONE, global(resource, key));
    }

    private static Pricer used(String name, String unit, String key, String usageKey) {
        return (resource, bill) -> bill.used(name, unit, resource.usage().number(usageKey), global(resource, key));
    }

    private static Quote global(Resource resource, String key) {
        return resource.rate(SERVICE, key, GLOBAL);
    }

    private static void nat(Resource nat, Bill bill) {
        bill.assume("the gateway is priced for 32 machines or more, which is the most it costs");
        bill.hourly("Cloud NAT gateway", BigDecimal.ONE, nat.rate(SERVICE, "network nat gateway"));
        bill.used(
                "Data processed",
                "GB",
                nat.usage().number("monthly_data_processed_gb"),
                nat.rate(SERVICE, "network nat data"));
    }

    private static void bucket(Resource bucket, Bill bill) {
        String location = bucket.text("location", "US").toUpperCase(Locale.ROOT);
        String storage = bucket.text("storage_class", "STANDARD").toUpperCase(Locale.ROOT);
        String kind =
                switch (storage) {
                    case "STANDARD", "REGIONAL", "MULTI_REGIONAL" -> "standard";
                    case "NEARLINE" -> "nearline";
                    case "COLDLINE" -> "coldline";
                    case "ARCHIVE" -> "archiv";
                    case "DURABLE_REDUCED_AVAILABILITY" -> "dra";
                    default -> throw new Unpriceable("storage_class is none that Google has");
                };
        Quote price =
                switch (location) {
                    case "US", "EU", "ASIA" ->
                        bucket.rate(
                                SERVICE,
                                "bucket " + kind + "-multi",
                                (location.equals("EU") ? "europe" : location.toLowerCase(Locale.ROOT)) + "-multi");
                    case "ASIA1", "EUR4", "NAM4" ->
                        bucket.rate(SERVICE, "bucket " + kind + "-dual", location.toLowerCase(Locale.ROOT));
                    default -> bucket.rate(SERVICE, "bucket " + kind, location.toLowerCase(Locale.ROOT));
                };
        bill.used(
                "Storage (" + storage.toLowerCase(Locale.ROOT) + ")",
                "GiB",
                bucket.usage().number("storage_gb"),
                price);
    }

    /** Machines of one's own measure by their cores and memory; twice for one that fails over. */
    private static void database(Resource database, Bill bill) {
        var settings = database.block("settings").orElseThrow(() -> new Unpriceable("settings are missing"));
        String tier = settings.text("tier").orElseThrow(() -> new Unpriceable("tier is not known before apply"));
        BigDecimal copies =
                settings.text("availability_type").filter("REGIONAL"::equals).isPresent()
                        ? BigDecimal.TWO
                        : BigDecimal.ONE;
        Matcher custom = CUSTOM.matcher(tier);
        if (custom.matches()) {
            bill.hourly("vCPUs", copies.multiply(new BigDecimal(custom.group(1))), database.rate(SERVICE, "sql vcpu"));
            BigDecimal memory = new BigDecimal(custom.group(2)).divide(MEGABYTES, 4, java.math.RoundingMode.HALF_UP);
            bill.hourly("Memory", copies.multiply(memory), database.rate(SERVICE, "sql memory"));
        } else {
            bill.hourly("SQL instance (" + tier + ")", copies, database.rate(SERVICE, "sql " + tier));
        }
        boolean slow = settings.text("disk_type").filter("PD_HDD"::equals).isPresent();
        bill.monthly(
                slow ? "Storage (HDD)" : "Storage (SSD)",
                "GB",
                settings.number("disk_size", 10).multiply(copies),
                database.rate(SERVICE, slow ? "sql hdd" : "sql ssd"));
        bill.used("Backups", "GB", database.usage().number("backup_storage_gb"), database.rate(SERVICE, "sql backup"));
    }

    private static void redis(Resource redis, Bill bill) {
        String tier = redis.text("tier", "BASIC");
        BigDecimal size = redis.number("memory_size_gb", 1);
        bill.hourly(
                "Redis instance (" + tier.toLowerCase(Locale.ROOT) + ")",
                size,
                redis.rate(SERVICE, "redis " + tier + " M" + level(size)));
    }

    /** The more memory, the cheaper a gigabyte: below 5, 11, 36 and 101 GB. */
    private static int level(BigDecimal size) {
        int level = 1;
        for (long bound : List.of(5L, 11L, 36L, 101L)) {
            level += size.compareTo(BigDecimal.valueOf(bound)) >= 0 ? 1 : 0;
        }
        return level;
    }
}
