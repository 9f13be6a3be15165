package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Pricer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of all AWS types that cost something. To add a type: a method in its service's class, a line here, a test. */
public final class AwsPricers {
    private static final long MILLION = 1_000_000;
    private static final Map<String, Pricer> TABLE = new HashMap<>();

    static {
        compute();
        containers();
        network();
        content();
        databases();
        warehouses();
        storage();
        messaging();
        streams();
        operations();
        security();
        byUse();
        unknownPrices();
    }

    private AwsPricers() {}

    /** How a type is billed; empty when it is free or not known here. */
    public static Optional<Pricer> of(String type) {
        return Optional.ofNullable(TABLE.get(type));
    }

    public static Set<String> types() {
        return Collections.unmodifiableSet(TABLE.keySet());
    }

    /** Types that only usage files know; no provider has them. */
    public static Set<String> usageFileTypes() {
        return Set.of(Transfer.DATA_TRANSFER);
    }

    private static void compute() {
        on(Ec2::instance, "aws_instance", "aws_spot_instance_request");
        on(Ec2::host, "aws_ec2_host");
        on(Clusters::reservation, "aws_ec2_capacity_reservation");
        on(Ebs::volume, "aws_ebs_volume");
        on(Ebs::snapshot, "aws_ebs_snapshot", "aws_ebs_snapshot_import", "aws_ami_copy");
        on(Ebs::snapshotCopy, "aws_ebs_snapshot_copy");
        on(AutoScaling::group, "aws_autoscaling_group");
        on(Lambda::function, "aws_lambda_function");
        on(Lambda::provisioned, "aws_lambda_provisioned_concurrency_config");
        on(Work::virtualServer, "aws_lightsail_instance");
        on(Beanstalk::environment, "aws_elastic_beanstalk_environment");
        on(Work::build, "aws_codebuild_project");
    }

    private static void containers() {
        on(Eks::cluster, "aws_eks_cluster");
        on(Eks::nodeGroup, "aws_eks_node_group");
        on(Eks::fargateProfile, "aws_eks_fargate_profile");
        on(Ecs::service, "aws_ecs_service");
        on(Flat.used("Storage", "GB", "AmazonECR", "TimedStorage", "storage_gb", 1), "aws_ecr_repository");
    }

    private static void network() {
        on(Vpc::natGateway, "aws_nat_gateway");
        on(Vpc::address, "aws_eip");
        on(Vpc::endpoint, "aws_vpc_endpoint");
        on(Vpc::transitAttachment, "aws_ec2_transit_gateway_vpc_attachment", "aws_dx_gateway_association");
        on(Vpc::peeringAttachment, "aws_ec2_transit_gateway_peering_attachment");
        on(Vpc::vpn, "aws_vpn_connection");
        on(Vpc::clientVpn, "aws_ec2_client_vpn_endpoint");
        on(Vpc::clientVpnAssociation, "aws_ec2_client_vpn_network_association");
        on(Vpc::firewall, "aws_networkfirewall_firewall");
        on(Vpc::mirrorSession, "aws_ec2_traffic_mirror_session");
        on(Elb::balancer, "aws_lb", "aws_alb");
        on(Elb::classic, "aws_elb");
        on(Route53::zone, "aws_route53_zone");
        on(Route53::record, "aws_route53_record");
        on(Route53::healthCheck, "aws_route53_health_check");
        on(Route53::resolverEndpoint, "aws_route53_resolver_endpoint");
    }

    private static void content() {
        on(CloudFront::distribution, "aws_cloudfront_distribution");
        on(
                Flat.used(
                        "Total number of invocations",
                        "1M invocations",
                        "AmazonCloudFront",
                        "Function invocations",
                        "monthly_requests",
                        MILLION),
                "aws_cloudfront_function");
        on(Transfer::data, Transfer.DATA_TRANSFER);
        on(Transfer::directConnection, "aws_dx_connection");
        on(Transfer::accelerator, "aws_globalaccelerator_accelerator");
        on(Transfer::acceleratorGroup, "aws_globalaccelerator_endpoint_group");
        on(Transfer::server, "aws_transfer_server");
    }

    private static void databases() {
        on(Rds::instance, "aws_db_instance");
        on(Clusters::databaseProxy, "aws_db_proxy");
        on(Aurora::cluster, "aws_rds_cluster");
        on(Aurora::instance, "aws_rds_cluster_instance");
        on(Aurora::documentInstance, "aws_docdb_cluster_instance");
        on(Aurora::documentCluster, "aws_docdb_cluster", "aws_docdb_cluster_snapshot");
        on(Aurora::neptuneInstance, "aws_neptune_cluster_instance");
        on(Aurora::neptuneCluster, "aws_neptune_cluster");
        on(Aurora::neptuneSnapshot, "aws_neptune_cluster_snapshot");
        on(
                Flat.used("Backup storage", "GB", Rds.SERVICE, "RDS backup storage", "backup_storage_gb", 1),
                "aws_db_snapshot");
        on(ElastiCache::cluster, "aws_elasticache_cluster");
        on(ElastiCache::replicationGroup, "aws_elasticache_replication_group");
        on(ElastiCache::serverless, "aws_elasticache_serverless_cache");
        on(ElastiCache::memoryDb, "aws_memorydb_cluster");
        on(DynamoDb::table, "aws_dynamodb_table");
        on(Sized.of("Node", "AmazonDAX", "DAX", "node_type", "replication_factor"), "aws_dax_cluster");
        on(Work::replication, "aws_dms_replication_instance");
    }

    private static void warehouses() {
        on(OpenSearch::domain, "aws_opensearch_domain", "aws_elasticsearch_domain");
        on(Clusters::redshift, "aws_redshift_cluster");
        on(Clusters::redshiftServerless, "aws_redshiftserverless_workgroup");
        on(Clusters::emr, "aws_emr_cluster");
        on(Clusters::notebook, "aws_sagemaker_notebook_instance");
        on(Clusters::modelEndpoint, "aws_sagemaker_endpoint");
        on(Work::glueJob, "aws_glue_job");
        on(Flat.used("Duration", "hours", "AWSGlue", "DPU-Hour", "monthly_hours", 1), "aws_glue_crawler");
        on(Work::catalog, "aws_glue_catalog_database");
        on(
                Flat.used("Data scanned", "TB", "AmazonAthena", "Data scanned", "monthly_data_scanned_tb", 1),
                "aws_athena_workgroup");
    }

    private static void storage() {
        on(S3::bucket, "aws_s3_bucket");
        on(
                Flat.used("Objects listed", "1M objects", "AmazonS3", "Inventory", "monthly_listed_objects", MILLION),
                "aws_s3_bucket_inventory");
        on(
                Flat.used(
                        "Objects monitored",
                        "1M objects",
                        "AmazonS3",
                        "Analytics",
                        "monthly_monitored_objects",
                        MILLION),
                "aws_s3_bucket_analytics_configuration");
        on(Storage::efs, "aws_efs_file_system");
        on(
                Storage::fsx,
                "aws_fsx_windows_file_system",
                "aws_fsx_openzfs_file_system",
                "aws_fsx_ontap_file_system",
                "aws_fsx_lustre_file_system");
        on(FlatTypes.BACKUPS, "aws_backup_vault");
    }

    private static void messaging() {
        on(Messages::queue, "aws_sqs_queue");
        on(Messages::topic, "aws_sns_topic");
        on(Messages::subscription, "aws_sns_topic_subscription");
        on(Messages::httpApi, "aws_apigatewayv2_api");
        on(Messages::stage, "aws_api_gateway_stage");
        on(
                Flat.used(
                        "Requests",
                        "1M requests",
                        "AmazonApiGateway",
                        "REST API requests",
                        "monthly_requests",
                        MILLION),
                "aws_api_gateway_rest_api");
        on(Work::machine, "aws_sfn_state_machine");
        on(FlatTypes.EVENT_BUS, "aws_cloudwatch_event_bus");
        on(
                Flat.used(
                        "Invocations",
                        "1M invocations",
                        "AmazonEventBridge",
                        "Scheduler invocations",
                        "monthly_requests",
                        MILLION),
                "aws_scheduler_schedule");
        on(
                Flat.used(
                        "Requests", "1M requests", "AmazonEventBridge", "Pipes requests", "monthly_requests", MILLION),
                "aws_pipes_pipe");
    }

    private static void streams() {
        on(Streams::kinesis, "aws_kinesis_stream");
        on(Streams::firehose, "aws_kinesis_firehose_delivery_stream");
        on(Streams::msk, "aws_msk_cluster");
        on(Streams::mq, "aws_mq_broker");
        on(Work::analytics, "aws_kinesisanalyticsv2_application", "aws_kinesisanalytics_application");
        on(
                Flat.used("Backup", "GB", "AmazonKinesisAnalytics", "Backup", "durable_application_backup_gb", 1),
                "aws_kinesisanalyticsv2_application_snapshot");
    }

    private static void operations() {
        on(CloudWatch::alarm, "aws_cloudwatch_metric_alarm");
        on(CloudWatch::logGroup, "aws_cloudwatch_log_group");
        on(Flat.monthly("Dashboard", "AmazonCloudWatch", "Dashboard"), "aws_cloudwatch_dashboard");
        on(Operations::trail, "aws_cloudtrail");
        on(FlatTypes.RECORDER, "aws_config_configuration_recorder");
        on(
                Flat.used(
                        "Rule evaluations",
                        "evaluations",
                        "AWSConfig",
                        "Rule evaluations",
                        "monthly_rule_evaluations",
                        1),
                "aws_config_config_rule",
                "aws_config_organization_custom_rule",
                "aws_config_organization_managed_rule");
        on(Work::stack, "aws_cloudformation_stack", "aws_cloudformation_stack_set");
        on(Operations::parameter, "aws_ssm_parameter");
        on(Operations::activation, "aws_ssm_activation");
        on(Work::grafana, "aws_grafana_workspace");
        on(Operations::workflows, "aws_mwaa_environment");
        on(Operations::directory, "aws_directory_service_directory");
    }

    private static void security() {
        on(Security::key, "aws_kms_key", "aws_kms_replica_key");
        on(
                Flat.monthly("Customer master key", "awskms", "Key"),
                "aws_kms_external_key",
                "aws_kms_replica_external_key");
        on(Security::secret, "aws_secretsmanager_secret");
        on(Security::webAcl, "aws_wafv2_web_acl", "aws_waf_web_acl", "aws_wafregional_web_acl");
        on(Security::certificate, "aws_acm_certificate");
        on(Security::authority, "aws_acmpca_certificate_authority");
        on(Work::keyModule, "aws_cloudhsm_v2_hsm");
    }

    private static void byUse() {
        on(FlatTypes.DETECTOR, "aws_guardduty_detector");
        on(FlatTypes.GRAPH, "aws_appsync_graphql_api");
        on(FlatTypes.METRICS, "aws_prometheus_workspace");
        on(Flat.used("Storage", "GB", "AmazonGlacier", "Storage", "storage_gb", 1), "aws_glacier_vault");
        on(
                Flat.used(
                        "Monthly active users",
                        "users",
                        "AmazonCognito",
                        "Monthly active users",
                        "monthly_active_users",
                        1),
                "aws_cognito_user_pool");
    }

    /** Nothing to pay until they are used, and the book has no price to show yet. */
    private static void unknownPrices() {
        on(
                Flat.byUse(),
                "aws_keyspaces_keyspace",
                "aws_keyspaces_table",
                "aws_timestreamwrite_database",
                "aws_timestreamwrite_table");
    }

    private static void on(Pricer pricer, String... types) {
        for (String type : types) {
            if (TABLE.put(type, pricer) != null) {
                throw new IllegalStateException(type + " is registered twice");
            }
        }
    }
}
