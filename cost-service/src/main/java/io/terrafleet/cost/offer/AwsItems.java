package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which products of AWS's offer files the price book has, and what it calls them. Most are told by family and usage type
 * ({@code resources/offer/aws-usage-types.csv}); machines by their attributes.
 */
final class AwsItems {
    /** The attributes that are looked at, as the JSON files name them. */
    static final Set<String> ATTRIBUTES = Set.of(
            "regionCode",
            "location",
            "usagetype",
            "operation",
            "instanceType",
            "tenancy",
            "operatingSystem",
            "licenseModel",
            "preInstalledSw",
            "capacitystatus",
            "marketoption",
            "databaseEngine",
            "databaseEdition",
            "deploymentOption",
            "cacheEngine",
            "softwareType");

    private static final Pattern PREFIX = Pattern.compile("^(?:[A-Z]{2}[A-Z0-9]{0,3}|Global\\d?)[-:]");
    private static final Pattern MACHINE = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+){0,3}");
    private static final Set<String> WORLDWIDE = Set.of("AmazonRoute53", "AmazonCloudFront", "AWSGlobalAccelerator");
    private static final String HOURS = "Hrs";
    private static final Map<String, Named> BY_USAGE = table();

    /**
     * A product that the book has.
     *
     * @param factor how many of the seller's units make one of ours
     * @param from added to the start of each tier
     */
    record Item(String service, String region, String key, String unit, BigDecimal factor, BigDecimal from) {}

    private record Named(String key, String unit, BigDecimal factor, BigDecimal from) {}

    private AwsItems() {}

    static Optional<Item> of(String offer, String family, Map<String, String> attributes) {
        String region = region(offer, attributes);
        if (region.isEmpty()) {
            return Optional.empty();
        }
        return switch (family) {
            case "Compute Instance", "Compute Instance (bare metal)" -> compute(region, attributes);
            case "Dedicated Host" -> host(region, attributes);
            case "Database Instance" -> database(offer, region, attributes);
            case "Cache Instance" -> cache(region, attributes);
            case "Elastic Map Reduce Instance" ->
                attributes.getOrDefault("softwareType", "").equals("EMR")
                        ? machine(offer, region, attributes, "EMR")
                        : Optional.empty();
            default -> named(offer, family, region, attributes);
        };
    }

    private static String region(String offer, Map<String, String> attributes) {
        String code = attributes.getOrDefault("regionCode", "");
        if (!code.isEmpty() && !code.equals("global")) {
            return code;
        }
        if (WORLDWIDE.contains(offer)) {
            return "us-east-1";
        }
        return code.isEmpty() ? AwsRegions.code(attributes.getOrDefault("location", "")) : "";
    }

    private static Optional<Item> compute(String region, Map<String, String> attributes) {
        String system = attributes.getOrDefault("operatingSystem", "");
        String tenancy = attributes.getOrDefault("tenancy", "Shared");
        boolean plain = attributes.getOrDefault("preInstalledSw", "NA").equals("NA")
                && attributes.getOrDefault("capacitystatus", "Used").equals("Used")
                && attributes
                        .getOrDefault("licenseModel", "No License required")
                        .equals("No License required")
                && attributes.getOrDefault("marketoption", "OnDemand").equals("OnDemand")
                && Set.of("Linux", "Windows", "RHEL", "SUSE").contains(system)
                && Set.of("Shared", "Dedicated").contains(tenancy);
        return plain ? machine("AmazonEC2", region, attributes, system + "/" + tenancy) : Optional.empty();
    }

    private static Optional<Item> host(String region, Map<String, String> attributes) {
        String family = attributes.getOrDefault("instanceType", "");
        boolean allocated =
                attributes.getOrDefault("capacitystatus", "AllocatedHost").equals("AllocatedHost");
        return allocated && MACHINE.matcher(family).matches()
                ? Optional.of(new Item(
                        "AmazonEC2", region, "DedicatedHost:" + family, HOURS, BigDecimal.ONE, BigDecimal.ZERO))
                : Optional.empty();
    }

    private static Optional<Item> database(String offer, String region, Map<String, String> attributes) {
        String usage = attributes.getOrDefault("usagetype", "");
        boolean optimized = usage.contains("InstanceUsageIOOptimized:");
        boolean ordinary = usage.contains("InstanceUsage:") || usage.contains("Multi-AZUsage:") || optimized;
        String zones = attributes.getOrDefault("deploymentOption", "Single-AZ");
        if (!ordinary || !(zones.equals("Single-AZ") || zones.equals("Multi-AZ"))) {
            return Optional.empty();
        }
        return switch (offer) {
            case "AmazonRDS" ->
                engine(attributes)
                        .filter(engine -> !optimized || engine.startsWith("Aurora"))
                        .flatMap(engine -> machine(
                                offer,
                                region,
                                attributes,
                                engine + (optimized ? "/I/O-optimized" : zones.equals("Multi-AZ") ? "/Multi-AZ" : "")));
            case "AmazonDocDB" -> optimized ? Optional.empty() : machine(offer, region, attributes, "DocDB");
            case "AmazonNeptune" -> optimized ? Optional.empty() : machine(offer, region, attributes, "Neptune");
            default -> Optional.empty();
        };
    }

    private static Optional<String> engine(Map<String, String> attributes) {
        String engine = attributes.getOrDefault("databaseEngine", "");
        String edition = attributes.getOrDefault("databaseEdition", "");
        boolean own = attributes.getOrDefault("licenseModel", "").equals("Bring your own license");
        return switch (engine) {
            case "PostgreSQL", "MySQL", "MariaDB", "Aurora MySQL", "Aurora PostgreSQL" -> Optional.of(engine);
            case "SQL Server" -> own || edition.isEmpty() ? Optional.empty() : Optional.of("SQL Server/" + edition);
            case "Oracle" ->
                switch (edition) {
                    case "Enterprise" -> own ? Optional.of("Oracle/Enterprise BYOL") : Optional.empty();
                    case "Standard One" -> Optional.of(own ? "Oracle/SE1 BYOL" : "Oracle/SE1 LI");
                    case "Standard Two" -> Optional.of(own ? "Oracle/SE2 BYOL" : "Oracle/SE2 LI");
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static Optional<Item> cache(String region, Map<String, String> attributes) {
        String engine = attributes.getOrDefault("cacheEngine", "");
        boolean known = Set.of("Redis", "Memcached", "Valkey").contains(engine)
                && attributes.getOrDefault("usagetype", "").contains("NodeUsage:");
        return known ? machine("AmazonElastiCache", region, attributes, engine) : Optional.empty();
    }

    private static Optional<Item> machine(
            String service, String region, Map<String, String> attributes, String variant) {
        String size = attributes.getOrDefault("instanceType", "");
        return MACHINE.matcher(size).matches()
                ? Optional.of(new Item(
                        service, region, PriceRow.instanceKey(size, variant), HOURS, BigDecimal.ONE, BigDecimal.ZERO))
                : Optional.empty();
    }

    private static Optional<Item> named(String offer, String family, String region, Map<String, String> attributes) {
        String usage = attributes.getOrDefault("usagetype", "");
        Matcher prefix = PREFIX.matcher(usage);
        String plain = prefix.find() ? usage.substring(prefix.end()) : usage;
        String service = family.startsWith("Load Balancer") ? "AWSELB" : offer;
        String engine = attributes.getOrDefault("databaseEngine", "");
        if (plain.startsWith("CPUCredits:")) {
            boolean linux = attributes.getOrDefault("operatingSystem", "Linux").equals("Linux");
            return offer.equals("AmazonEC2") && linux && plain.equals("CPUCredits:t3")
                    ? Optional.of(
                            new Item(offer, region, "CPUCredits:t3/t4g", "vCPU-Hours", BigDecimal.ONE, BigDecimal.ZERO))
                    : byUsage(service, family, plain, region);
        }
        return engine.contains("Outpost") ? Optional.empty() : byUsage(service, family, plain, region);
    }

    private static Optional<Item> byUsage(String service, String family, String usage, String region) {
        Named found = BY_USAGE.get(service + "|" + family + "|" + usage);
        Named named = found == null ? BY_USAGE.get(service + "|*|" + usage) : found;
        return named == null
                ? Optional.empty()
                : Optional.of(new Item(service, region, named.key(), named.unit(), named.factor(), named.from()));
    }

    private static Map<String, Named> table() {
        Map<String, Named> table = new HashMap<>();
        try (InputStream in = AwsItems.class.getResourceAsStream("/offer/aws-usage-types.csv")) {
            if (in == null) {
                throw new IllegalStateException("offer/aws-usage-types.csv is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] field = line.split(",", -1);
                table.put(
                        field[0] + "|" + field[1] + "|" + field[2],
                        new Named(field[3], field[4], new BigDecimal(field[5]), new BigDecimal(field[6])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("offer/aws-usage-types.csv cannot be read", e);
        }
        return Map.copyOf(table);
    }
}
