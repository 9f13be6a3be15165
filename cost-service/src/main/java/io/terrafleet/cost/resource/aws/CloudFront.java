package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Content delivery: by edge region and use, and dedicated addresses for certificates. Prices are worldwide. */
final class CloudFront {
    private static final String SERVICE = "AmazonCloudFront";
    private static final long TEN_THOUSAND = 10_000;
    private static final List<String> REGIONS =
            List.of("us", "europe", "south_africa", "south_america", "japan", "australia", "asia_pacific", "india");

    /** Where each edge region of a usage file has its shield. */
    private static final Map<String, String> SHIELDS = Map.of(
            "us", "us-east-1",
            "europe", "eu-west-1",
            "south_america", "sa-east-1",
            "japan", "ap-northeast-1",
            "australia", "ap-southeast-2",
            "singapore", "ap-southeast-1",
            "south_korea", "ap-northeast-2",
            "india", "ap-south-1");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("us-east-1", "US East (N. Virginia)"),
            Map.entry("us-east-2", "US East (Ohio)"),
            Map.entry("us-west-2", "US West (Oregon)"),
            Map.entry("eu-central-1", "Europe (Frankfurt)"),
            Map.entry("eu-west-1", "Europe (Ireland)"),
            Map.entry("eu-west-2", "Europe (London)"),
            Map.entry("sa-east-1", "South America"),
            Map.entry("ap-northeast-1", "Tokyo"),
            Map.entry("ap-northeast-2", "Seoul"),
            Map.entry("ap-southeast-1", "Singapore"),
            Map.entry("ap-southeast-2", "Sydney"),
            Map.entry("ap-south-1", "Mumbai"));

    private CloudFront() {}

    static void distribution(Resource distribution, Bill bill) {
        Usage usage = distribution.usage();
        if (fieldEncryption(distribution) || usage.has("monthly_encryption_requests")) {
            bill.used(
                    "Field level encryption requests",
                    "10k requests",
                    usage.number("monthly_encryption_requests", TEN_THOUSAND),
                    distribution.worldwide(SERVICE, "Field level encryption"));
        }
        if (!distribution.blocks("logging_config").isEmpty() || usage.has("monthly_log_lines")) {
            bill.used(
                    "Real-time log requests",
                    "1M lines",
                    usage.number("monthly_log_lines", 1_000_000),
                    distribution.worldwide(SERVICE, "Real-time log lines"));
        }
        certificates(distribution, bill, usage);
        shield(distribution, bill, usage);
        bill.used(
                "Invalidation requests",
                "paths",
                usage.number("monthly_invalidation_requests"),
                distribution.worldwide(SERVICE, "Invalidations"));
        regions(distribution, bill, usage);
    }

    private static boolean fieldEncryption(Resource distribution) {
        return distribution.block("default_cache_behavior").stream().anyMatch(CloudFront::encrypts)
                || distribution.blocks("ordered_cache_behavior").stream().anyMatch(CloudFront::encrypts);
    }

    private static boolean encrypts(Block behavior) {
        return behavior.has("field_level_encryption_id");
    }

    private static void certificates(Resource distribution, Bill bill, Usage usage) {
        boolean dedicated = distribution
                .block("viewer_certificate")
                .flatMap(certificate -> certificate.text("ssl_support_method"))
                .filter("vip"::equals)
                .isPresent();
        Optional<BigDecimal> given = usage.number("custom_ssl_certificates");
        if (dedicated || given.isPresent()) {
            Quote price = distribution.worldwide(SERVICE, "Dedicated IP certificate");
            bill.monthly("Dedicated IP custom SSLs", "certificates", given.orElse(BigDecimal.ONE), price);
        }
    }

    private static void shield(Resource distribution, Bill bill, Usage usage) {
        Map<String, BigDecimal> given = usage.numbers("monthly_shield_requests");
        List<String> regions = distribution.blocks("origin").stream()
                .flatMap(origin -> origin.blocks("origin_shield").stream())
                .filter(shield -> shield.flag("enabled", false))
                .flatMap(shield -> shield.text("origin_shield_region").stream())
                .distinct()
                .toList();
        for (String region : regions) {
            Optional<BigDecimal> requests = given.entrySet().stream()
                    .filter(entry -> region.equals(SHIELDS.get(entry.getKey())))
                    .map(entry -> entry.getValue().movePointLeft(4))
                    .findFirst();
            bill.used(
                    "Origin shield HTTP requests (" + NAMES.getOrDefault(region, "") + " " + region + ")",
                    "10k requests",
                    requests,
                    distribution.worldwide(SERVICE, "Origin shield " + region));
        }
    }

    /** Every region that the usage file names; without a word of use the first alone, for its price. */
    private static void regions(Resource distribution, Bill bill, Usage usage) {
        Map<String, Map<String, BigDecimal>> known = new TreeMap<>();
        for (String key : List.of(
                "monthly_data_transfer_to_internet_gb",
                "monthly_data_transfer_to_origin_gb",
                "monthly_http_requests",
                "monthly_https_requests")) {
            known.put(key, usage.numbers(key));
        }
        List<String> named = REGIONS.stream()
                .filter(region -> known.values().stream().anyMatch(numbers -> numbers.containsKey(region)))
                .toList();
        for (String region : named.isEmpty() ? List.of("us") : named) {
            bill.part(region, () -> {
                line(
                        distribution,
                        bill,
                        known,
                        region,
                        "Data transfer out to internet",
                        "GB",
                        1,
                        "monthly_data_transfer_to_internet_gb",
                        "Internet ");
                line(
                        distribution,
                        bill,
                        known,
                        region,
                        "Data transfer out to origin",
                        "GB",
                        1,
                        "monthly_data_transfer_to_origin_gb",
                        "Origin ");
                line(
                        distribution,
                        bill,
                        known,
                        region,
                        "HTTP requests",
                        "10k requests",
                        TEN_THOUSAND,
                        "monthly_http_requests",
                        "HTTP ");
                line(
                        distribution,
                        bill,
                        known,
                        region,
                        "HTTPS requests",
                        "10k requests",
                        TEN_THOUSAND,
                        "monthly_https_requests",
                        "HTTPS ");
            });
        }
    }

    private static void line(
            Resource distribution,
            Bill bill,
            Map<String, Map<String, BigDecimal>> known,
            String region,
            String name,
            String unit,
            long unitSize,
            String usageKey,
            String priceKey) {
        Optional<BigDecimal> used = Optional.ofNullable(
                        known.getOrDefault(usageKey, Map.of()).get(region))
                .map(amount -> unitSize == 1 ? amount : amount.movePointLeft(4));
        bill.used(name, unit, used, distribution.worldwide(SERVICE, priceKey + region));
    }
}
