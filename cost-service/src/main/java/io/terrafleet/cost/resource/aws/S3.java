package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Buckets: all by use, each storage class with its own prices. Without a word of use the standard
 * class is shown, and those that lifecycle rules move objects to. */
final class S3 {
    private static final String SERVICE = "AmazonS3";
    private static final String TIER1 = "PUT, COPY, POST, LIST requests";
    private static final String TIER2 = "GET, SELECT, and all other requests";
    private static final int THOUSAND = 1_000;

    private record Line(String name, String unit, int unitSize, String usageKey, String priceKey) {
        static Line gigabytes(String name, String usageKey, String priceKey) {
            return new Line(name, "GB", 1, usageKey, priceKey);
        }

        static Line requests(String name, String usageKey, String priceKey) {
            return new Line(name, "1k requests", THOUSAND, usageKey, priceKey);
        }
    }

    private record StorageClass(String usageKey, String name, List<Line> lines) {}

    private static final StorageClass STANDARD = new StorageClass(
            "standard",
            "Standard",
            List.of(
                    Line.gigabytes("Storage", "storage_gb", "TimedStorage Standard"),
                    Line.requests(TIER1, "monthly_tier_1_requests", "Requests-Tier1 (PUT/COPY/POST/LIST)"),
                    Line.requests(TIER2, "monthly_tier_2_requests", "Requests-Tier2 (GET)"),
                    Line.gigabytes("Select data scanned", "monthly_select_data_scanned_gb", "Standard select scanned"),
                    Line.gigabytes(
                            "Select data returned", "monthly_select_data_returned_gb", "Standard select returned")));

    private static final StorageClass INTELLIGENT = new StorageClass(
            "intelligent_tiering",
            "Intelligent tiering",
            List.of(
                    Line.gigabytes(
                            "Storage (frequent access)",
                            "frequent_access_storage_gb",
                            "TimedStorage IntelligentTiering FA"),
                    Line.gigabytes(
                            "Storage (infrequent access)",
                            "infrequent_access_storage_gb",
                            "TimedStorage IntelligentTiering IA"),
                    Line.gigabytes("Storage (archive access)", "archive_access_storage_gb", "IntelligentTiering AA"),
                    Line.gigabytes(
                            "Storage (deep archive access)",
                            "deep_archive_access_storage_gb",
                            "IntelligentTiering DAA"),
                    new Line(
                            "Monitoring and automation",
                            "1k objects",
                            THOUSAND,
                            "monitored_objects",
                            "IntelligentTiering monitoring"),
                    Line.requests(TIER1, "monthly_tier_1_requests", "IntelligentTiering tier1"),
                    Line.requests(TIER2, "monthly_tier_2_requests", "IntelligentTiering tier2"),
                    Line.requests(
                            "Lifecycle transition",
                            "monthly_lifecycle_transition_requests",
                            "IntelligentTiering transition"),
                    Line.gigabytes("Select data scanned", "monthly_select_data_scanned_gb", "Standard select scanned"),
                    Line.gigabytes(
                            "Select data returned", "monthly_select_data_returned_gb", "Standard select returned"),
                    Line.gigabytes(
                            "Early delete (within 30 days)", "early_delete_gb", "IntelligentTiering early delete")));

    private static final StorageClass GLACIER = new StorageClass(
            "glacier_flexible_retrieval",
            "Glacier flexible retrieval",
            List.of(
                    Line.gigabytes("Storage", "storage_gb", "TimedStorage Glacier flexible"),
                    Line.requests(TIER1, "monthly_tier_1_requests", "Glacier tier1"),
                    Line.requests(TIER2, "monthly_tier_2_requests", "Glacier tier2"),
                    Line.requests(
                            "Lifecycle transition", "monthly_lifecycle_transition_requests", "Glacier transition"),
                    Line.requests(
                            "Retrieval requests (standard)",
                            "monthly_standard_data_retrieval_requests",
                            "Glacier requests standard"),
                    Line.gigabytes(
                            "Retrievals (standard)",
                            "monthly_standard_data_retrieval_gb",
                            "Glacier retrieval standard"),
                    Line.gigabytes(
                            "Select data scanned (standard)",
                            "monthly_standard_select_data_scanned_gb",
                            "Glacier select scanned standard"),
                    Line.gigabytes(
                            "Select data returned (standard)",
                            "monthly_standard_select_data_returned_gb",
                            "Glacier select returned standard"),
                    Line.requests(
                            "Retrieval requests (expedited)",
                            "monthly_expedited_data_retrieval_requests",
                            "Glacier requests expedited"),
                    Line.gigabytes(
                            "Retrievals (expedited)",
                            "monthly_expedited_data_retrieval_gb",
                            "Glacier retrieval expedited"),
                    Line.gigabytes(
                            "Select data scanned (expedited)",
                            "monthly_expedited_select_data_scanned_gb",
                            "Glacier select scanned expedited"),
                    Line.gigabytes(
                            "Select data returned (expedited)",
                            "monthly_expedited_select_data_returned_gb",
                            "Glacier select returned expedited"),
                    Line.gigabytes(
                            "Select data scanned (bulk)",
                            "monthly_bulk_select_data_scanned_gb",
                            "Glacier select scanned bulk"),
                    Line.gigabytes(
                            "Select data returned (bulk)",
                            "monthly_bulk_select_data_returned_gb",
                            "Glacier select returned bulk"),
                    Line.gigabytes("Early delete (within 90 days)", "early_delete_gb", "Glacier early delete")));

    private static final StorageClass DEEP_ARCHIVE = new StorageClass(
            "glacier_deep_archive",
            "Glacier deep archive",
            List.of(
                    Line.gigabytes("Storage", "storage_gb", "TimedStorage DeepArchive"),
                    Line.requests(TIER1, "monthly_tier_1_requests", "DeepArchive tier1"),
                    Line.requests(TIER2, "monthly_tier_2_requests", "DeepArchive tier2"),
                    Line.requests(
                            "Lifecycle transition", "monthly_lifecycle_transition_requests", "DeepArchive transition"),
                    Line.requests(
                            "Retrieval requests (standard)",
                            "monthly_standard_data_retrieval_requests",
                            "DeepArchive requests standard"),
                    Line.gigabytes(
                            "Retrievals (standard)",
                            "monthly_standard_data_retrieval_gb",
                            "DeepArchive retrieval standard"),
                    Line.requests(
                            "Retrieval requests (bulk)",
                            "monthly_bulk_data_retrieval_requests",
                            "DeepArchive requests bulk"),
                    Line.gigabytes("Retrievals (bulk)", "monthly_bulk_data_retrieval_gb", "DeepArchive retrieval bulk"),
                    Line.gigabytes("Early delete (within 180 days)", "early_delete_gb", "DeepArchive early delete")));

    private static final List<StorageClass> COLDER = List.of(
            INTELLIGENT,
            infrequent("standard_infrequent_access", "Standard - infrequent access", "StandardIA"),
            infrequent("one_zone_infrequent_access", "One zone - infrequent access", "OneZoneIA"),
            GLACIER,
            DEEP_ARCHIVE);

    /** What the classes are called in lifecycle rules, and in usage files. */
    private static final Map<String, String> CLASSES = Map.of(
            "INTELLIGENT_TIERING", "intelligent_tiering",
            "STANDARD_IA", "standard_infrequent_access",
            "ONEZONE_IA", "one_zone_infrequent_access",
            "GLACIER", "glacier_flexible_retrieval",
            "DEEP_ARCHIVE", "glacier_deep_archive");

    private S3() {}

    private static StorageClass infrequent(String usageKey, String name, String prices) {
        return new StorageClass(
                usageKey,
                name,
                List.of(
                        Line.gigabytes("Storage", "storage_gb", "TimedStorage " + prices),
                        Line.requests(TIER1, "monthly_tier_1_requests", prices + " tier1"),
                        Line.requests(TIER2, "monthly_tier_2_requests", prices + " tier2"),
                        Line.requests(
                                "Lifecycle transition",
                                "monthly_lifecycle_transition_requests",
                                prices + " transition"),
                        Line.gigabytes("Retrievals", "monthly_data_retrieval_gb", prices + " retrieval"),
                        Line.gigabytes(
                                "Select data scanned", "monthly_select_data_scanned_gb", prices + " select scanned"),
                        Line.gigabytes(
                                "Select data returned",
                                "monthly_select_data_returned_gb",
                                prices + " select returned")));
    }

    static void bucket(Resource bucket, Bill bill) {
        List<Block> rules = rules(bucket);
        if (bucket.usage().has("object_tags") || rules.stream().anyMatch(S3::looksAtTags)) {
            bill.used(
                    "Object tagging",
                    "10k tags",
                    bucket.usage().number("object_tags", 10_000),
                    bucket.rate(SERVICE, "Object tags"));
        }
        write(bucket, bill, STANDARD, bucket.usage().group(STANDARD.usageKey()));
        Set<String> reached = rules.stream()
                .flatMap(rule -> Stream.of("transition", "noncurrent_version_transition")
                        .flatMap(kind -> rule.blocks(kind).stream()))
                .flatMap(transition -> transition.text("storage_class").stream())
                .map(target -> CLASSES.getOrDefault(target, ""))
                .collect(Collectors.toSet());
        for (StorageClass colder : COLDER) {
            Usage usage = bucket.usage().group(colder.usageKey());
            if (!usage.isEmpty() || reached.contains(colder.usageKey())) {
                write(bucket, bill, colder, usage);
            }
        }
    }

    /** The bucket's own rules of old, or those of the resource that sets them; rules that are switched off move nothing. */
    private static List<Block> rules(Resource bucket) {
        return Stream.concat(
                        bucket.blocks("lifecycle_rule").stream().filter(rule -> rule.flag("enabled", false)),
                        bucket.referrers("aws_s3_bucket_lifecycle_configuration", "bucket")
                                .flatMap(configuration -> configuration.blocks("rule").stream())
                                .filter(rule -> rule.text("status")
                                        .filter("Enabled"::equals)
                                        .isPresent()))
                .toList();
    }

    private static boolean looksAtTags(Block rule) {
        return rule.has("tags")
                || rule.blocks("filter").stream()
                        .anyMatch(filter -> !filter.blocks("tag").isEmpty()
                                || filter.blocks("and").stream().anyMatch(all -> all.has("tags")));
    }

    private static void write(Resource bucket, Bill bill, StorageClass storage, Usage usage) {
        bill.part(storage.name(), () -> {
            for (Line line : storage.lines()) {
                bill.used(
                        line.name(),
                        line.unit(),
                        usage.number(line.usageKey(), line.unitSize()),
                        bucket.rate(SERVICE, line.priceKey()));
            }
        });
    }
}
