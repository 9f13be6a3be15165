package io.terrafleet.cost.resource.azure;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL databases and pools of them: by DTU, by cores that are there all month, by cores that come and go (serverless), and Hyperscale with
 * its replicas. Sizes are read from {@code sku_name}: {@code S3}, {@code GP_Gen5_4}, {@code GP_S_Gen5_2}, {@code HS_Gen5_8}.
 */
final class Databases {
    private static final String SERVICE = "Azure SQL Database";
    private static final Pattern CORES = Pattern.compile("(GP|BC|HS)_(S_)?(Gen\\d|DC|Fsv2|M)_(\\d{1,3})");
    private static final Pattern UNITS = Pattern.compile("[SP]\\d{1,2}|Basic");
    private static final long LEAST_GIGABYTES = 32;
    private static final Map<String, String> TIERS =
            Map.of("GP", "General Purpose", "BC", "Business Critical", "HS", "Hyperscale");

    private Databases() {}

    /** What a size by cores says. */
    private record Size(String name, String tier, boolean serverless, String generation, BigDecimal cores) {
        static Optional<Size> of(String sku) {
            Matcher matcher = CORES.matcher(sku);
            return matcher.matches()
                    ? Optional.of(new Size(
                            sku,
                            TIERS.getOrDefault(matcher.group(1), ""),
                            matcher.group(2) != null,
                            matcher.group(3),
                            new BigDecimal(matcher.group(4))))
                    : Optional.empty();
        }

        String product() {
            return "SQL Database " + (tier.equals("Hyperscale") ? "SingleDB/Elastic Pool " : "Single/Elastic Pool ")
                    + tier;
        }
    }

    static void single(Resource database, Bill bill) {
        if (database.has("elastic_pool_id") || database.deferred("elastic_pool_id")) {
            bill.assume("a database in an elastic pool is billed with the pool");
            return;
        }
        String sku = database.text("sku_name")
                .or(() -> database.text("requested_service_objective_name"))
                .orElse("GP_S_Gen5_2");
        Optional<Size> size = Size.of(sku);
        if (size.isPresent()) {
            byCore(database, bill, size.get());
        } else if (UNITS.matcher(sku).matches()) {
            byUnit(database, bill, sku);
        } else if (sku.equals("ElasticPool")) {
            bill.assume("a database in an elastic pool is billed with the pool");
            return;
        } else {
            bill.missing("a database of " + sku, "no such size is known; " + "sizes are for example S3 or GP_Gen5_4");
            return;
        }
        kept(database, bill);
    }

    private static void byUnit(Resource database, Bill bill, String sku) {
        String tier = sku.startsWith("S") ? "Standard" : sku.startsWith("P") ? "Premium" : "Basic";
        String shown = sku.equals("Basic") ? "B" : sku;
        bill.monthly(
                "Compute (" + sku + ")",
                "days",
                AzurePricers.DAYS,
                database.rate(SERVICE, "SQL Database Single " + tier + "|" + shown + "|" + shown + " DTUs"));
    }

    private static void byCore(Resource database, Bill bill, Size size) {
        if (size.serverless()) {
            serverless(database, bill, size);
        } else {
            provisioned(database, bill, size);
        }
        if (size.tier().equals("Hyperscale")) {
            replicas(database, bill, size);
        }
        storage(database, bill, size);
    }

    /** Sold as so many cores at once, or core by core where the list has no such size. */
    private static Quote compute(Resource database, Size size) {
        String product = size.product() + " - Compute " + size.generation();
        Quote whole = database.rate(SERVICE, product + "|" + size.cores() + " vCore|vCore");
        return whole instanceof Quote.Missing
                        && database.rate(SERVICE, product + "|vCore|vCore") instanceof Quote.Found one
                ? one.times(size.cores())
                : whole;
    }

    private static void provisioned(Resource database, Bill bill, Size size) {
        bill.hourly("Compute (provisioned, " + size.name() + ")", BigDecimal.ONE, compute(database, size));
        if (database.flag("zone_redundant", false) && size.tier().equals("General Purpose")) {
            bill.hourly(
                    "Zone redundancy (" + size.name() + ")",
                    BigDecimal.ONE,
                    database.rate(
                            SERVICE,
                            size.product() + " - Compute " + size.generation() + "|" + size.cores()
                                    + " vCore Zone Redundancy|Zone Redundancy vCore"));
        }
    }

    /** Cores are billed by the hour in which they work, at least {@code min_capacity}; a paused database costs its storage alone. */
    private static void serverless(Resource database, Bill bill, Size size) {
        Usage usage = database.usage();
        Optional<BigDecimal> hours = usage.number("monthly_vcore_hours");
        BigDecimal pause = database.number("auto_pause_delay_in_minutes").orElse(BigDecimal.valueOf(60));
        if (hours.isEmpty()) {
            bill.assume("a serverless database works as long as a usage file says (monthly_vcore_hours)"
                    + (pause.signum() == 0 ? "; it never pauses, so more than nothing will be billed" : ""));
        }
        bill.used(
                "Compute (serverless, " + size.name() + ")",
                "vCore-hours",
                hours,
                database.rate(
                        SERVICE, size.product() + " - Serverless - Compute " + size.generation() + "|1 vCore|vCore"));
    }

    /** Every replica for reading has as many cores as the database. */
    private static void replicas(Resource database, Bill bill, Size size) {
        BigDecimal count = database.number("read_replica_count").orElse(BigDecimal.ZERO);
        if (count.signum() > 0) {
            bill.hourly("Read replicas (" + size.name() + ")", count, compute(database, size));
        }
    }

    private static void storage(Resource database, Bill bill, Size size) {
        String tier = size.tier();
        String product = size.product() + " - Storage";
        Quote price = database.rate(SERVICE, product + "|" + tier + "|" + tier + " Data Stored");
        if (tier.equals("Hyperscale")) {
            bill.used("Storage", "GB", database.usage().number("storage_gb"), price);
        } else {
            bill.monthly("Storage", "GB", database.number("max_size_gb", LEAST_GIGABYTES), price);
        }
    }

    /** Backups of years, by the copies that are kept of them. */
    private static void kept(Resource database, Bill bill) {
        String copies =
                switch (database.text("storage_account_type", "Geo").toLowerCase(Locale.ROOT)) {
                    case "local" -> "LRS";
                    case "zone" -> "ZRS";
                    default -> "RA-GRS";
                };
        bill.used(
                "Long-term retention (" + copies + ")",
                "GB",
                database.usage().number("long_term_retention_storage_gb"),
                database.rate(
                        SERVICE,
                        "SQL Database - LTR Backup Storage|Backup " + copies + "|Backup " + copies + " Data Stored"));
    }

    /** A pool is billed like one database of its size; those in it cost nothing more. */
    static void pool(Resource pool, Bill bill) {
        Optional<String> name = pool.block("sku").flatMap(sku -> sku.text("name"));
        BigDecimal capacity =
                pool.block("sku").map(sku -> sku.number("capacity", 2)).orElse(BigDecimal.TWO);
        Optional<Size> size = name.flatMap(sku -> Size.of(sku + "_" + capacity.toPlainString()));
        if (size.isEmpty()) {
            bill.missing("a pool of " + name.orElse("no size"), "pools sold by vCore are priced");
            return;
        }
        provisioned(pool, bill, size.get());
        storage(pool, bill, size.get());
    }
}
