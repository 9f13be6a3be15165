package io.terrafleet.cost.resource.aws;

/** The longer declarations of {@link Flat} types. */
final class FlatTypes {
    private static final long MILLION = 1_000_000;

    static final Flat BACKUPS = Flat.used(
                    "EFS backup (warm)", "GB", "AWSBackup", "EFS backup warm", "monthly_efs_warm_backup_gb", 1)
            .usage("EFS backup (cold)", "GB", "AWSBackup", "EFS backup cold", "monthly_efs_cold_backup_gb", 1)
            .usage("EFS restore (warm)", "GB", "AWSBackup", "EFS restore warm", "monthly_efs_warm_restore_gb", 1)
            .usage("EFS restore (cold)", "GB", "AWSBackup", "EFS restore cold", "monthly_efs_cold_restore_gb", 1)
            .usage(
                    "EFS restore (item-level)",
                    "requests",
                    "AWSBackup",
                    "EFS restore item",
                    "monthly_efs_item_restore_requests",
                    1)
            .usage("EBS snapshot", "GB", "AWSBackup", "EBS snapshot", "monthly_ebs_snapshot_gb", 1)
            .usage("RDS snapshot", "GB", "AWSBackup", "RDS snapshot", "monthly_rds_snapshot_gb", 1)
            .usage("DynamoDB backup", "GB", "AWSBackup", "DynamoDB backup", "monthly_dynamodb_backup_gb", 1)
            .usage("DynamoDB restore", "GB", "AWSBackup", "DynamoDB restore", "monthly_dynamodb_restore_gb", 1)
            .usage("Aurora snapshot", "GB", "AWSBackup", "Aurora snapshot", "monthly_aurora_snapshot_gb", 1)
            .usage("FSx for Windows backup", "GB", "AWSBackup", "FSx backup", "monthly_fsx_windows_backup_gb", 1)
            .usage("FSx for Lustre backup", "GB", "AWSBackup", "FSx backup", "monthly_fsx_lustre_backup_gb", 1);

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

    static final Flat RECORDER = Flat.used(
                    "Config items", "records", "AWSConfig", "Config item", "monthly_config_items", 1)
            .usage(
                    "Custom config items",
                    "records",
                    "AWSConfig",
                    "Custom config item",
                    "monthly_custom_config_items",
                    1);

    static final Flat DETECTOR = Flat.used(
                    "CloudTrail events analyzed",
                    "1M events",
                    "AmazonGuardDuty",
                    "CloudTrail events",
                    "monthly_cloudtrail_events",
                    MILLION)
            .usage("Flow and DNS logs analyzed", "GB", "AmazonGuardDuty", "Flow logs", "monthly_log_gb", 1);

    static final Flat GRAPH = Flat.used(
                    "Query and mutation operations",
                    "1M operations",
                    "AWSAppSync",
                    "Operations",
                    "monthly_requests",
                    MILLION)
            .usage(
                    "Real-time updates",
                    "1M updates",
                    "AWSAppSync",
                    "Real-time updates",
                    "monthly_realtime_updates",
                    MILLION)
            .usage(
                    "Connection duration",
                    "1M minutes",
                    "AWSAppSync",
                    "Connection minutes",
                    "monthly_connection_mins",
                    MILLION);

    static final Flat METRICS = Flat.used(
                    "Samples ingested",
                    "10M samples",
                    "AmazonPrometheus",
                    "Samples ingested",
                    "monthly_samples_ingested",
                    10 * MILLION)
            .usage("Storage", "GB", "AmazonPrometheus", "Storage", "storage_gb", 1)
            .usage(
                    "Samples queried",
                    "1B samples",
                    "AmazonPrometheus",
                    "Query samples",
                    "monthly_samples_queried",
                    1_000 * MILLION);

    private FlatTypes() {}
}
