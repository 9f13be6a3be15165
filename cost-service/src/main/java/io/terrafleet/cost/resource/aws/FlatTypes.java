package io.terrafleet.cost.resource.aws;

/** The longer declarations of {@link Flat} types. */
final class FlatTypes {
    private static final long MILLION = 1_000_000;

    static final Flat CATALOG = Flat.used(
                    "Storage", "100k objects", "AWSGlue", "Catalog storage", "monthly_objects", 100_000)
            .usage("Requests", "1M requests", "AWSGlue", "Catalog requests", "monthly_requests", MILLION);

    static final Flat BACKUPS = Flat.used(
                    "EFS backup (warm)", "GB", "AWSBackup", "EFS backup warm", "monthly_efs_warm_backup_gb", 1)
            .usage("EBS snapshot", "GB", "AWSBackup", "EBS snapshot", "monthly_ebs_snapshot_gb", 1)
            .usage("RDS snapshot", "GB", "AWSBackup", "RDS snapshot", "monthly_rds_snapshot_gb", 1)
            .usage("DynamoDB backup", "GB", "AWSBackup", "DynamoDB backup", "monthly_dynamodb_backup_gb", 1)
            .usage("Aurora snapshot", "GB", "AWSBackup", "Aurora snapshot", "monthly_aurora_snapshot_gb", 1);

    static final Flat EVENT_BUS = Flat.used(
                    "Custom events published",
                    "1M events",
                    "AmazonEventBridge",
                    "Custom events",
                    "monthly_custom_events",
                    MILLION)
            .usage(
                    "Third-party events published",
                    "1M events",
                    "AmazonEventBridge",
                    "Custom events",
                    "monthly_third_party_events",
                    MILLION)
            .usage(
                    "Archive processing",
                    "GB",
                    "AmazonEventBridge",
                    "Archive processing",
                    "monthly_archive_processing_gb",
                    1)
            .usage("Archive storage", "GB", "AmazonEventBridge", "Archive storage", "archive_storage_gb", 1)
            .usage(
                    "Schema discovery",
                    "1M events",
                    "AmazonEventBridge",
                    "Schema discovery",
                    "monthly_schema_discovery_events",
                    MILLION);

    static final Flat TRAIL = Flat.used(
                    "Additional management event copies",
                    "100k events",
                    "AWSCloudTrail",
                    "Paid management events",
                    "monthly_additional_management_events",
                    100_000)
            .usage("Data events", "100k events", "AWSCloudTrail", "Data events", "monthly_data_events", 100_000)
            .usage(
                    "Insight events",
                    "100k events",
                    "AWSCloudTrail",
                    "Insight events",
                    "monthly_insight_events",
                    100_000);

    static final Flat RECORDER = Flat.used(
                    "Config items", "records", "AWSConfig", "Config item", "monthly_config_items", 1)
            .usage(
                    "Custom config items",
                    "records",
                    "AWSConfig",
                    "Custom config item",
                    "monthly_custom_config_items",
                    1);

    static final Flat KEY = Flat.monthly("Customer master key", "awskms", "Key")
            .usage("Requests", "10k requests", "awskms", "Requests", "monthly_requests", 10_000)
            .usage(
                    "ECC GenerateDataKeyPair requests",
                    "10k requests",
                    "awskms",
                    "ECC requests",
                    "monthly_ecc_requests",
                    10_000)
            .usage(
                    "RSA GenerateDataKeyPair requests",
                    "10k requests",
                    "awskms",
                    "RSA requests",
                    "monthly_rsa_requests",
                    10_000);

    static final Flat DETECTOR = Flat.used(
                    "CloudTrail events analyzed",
                    "1M events",
                    "AmazonGuardDuty",
                    "CloudTrail events",
                    "monthly_cloudtrail_events",
                    MILLION)
            .usage("Flow and DNS logs analyzed", "GB", "AmazonGuardDuty", "Flow logs", "monthly_log_gb", 1);

    private FlatTypes() {}
}
