package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Pricer;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of all AWS types that cost something. To add a type: a method in its service's class, a line here, a test. */
public final class AwsPricers {
    private static final Map<String, Pricer> TABLE = new HashMap<>();

    static {
        compute();
        containers();
        network();
        databases();
        storage();
        messaging();
        operations();
        security();
        byUseAlone();
    }

    private AwsPricers() {}

    /** How a type is billed; empty when it is free or not known here. */
    public static Optional<Pricer> of(String type) {
        return Optional.ofNullable(TABLE.get(type));
    }

    public static Set<String> types() {
        return Collections.unmodifiableSet(TABLE.keySet());
    }

    private static void compute() {
        on(Ec2::instance, "aws_instance", "aws_spot_instance_request");
        on(Ec2::host, "aws_ec2_host");
        on(Ebs::volume, "aws_ebs_volume");
        on(Ebs::snapshot, "aws_ebs_snapshot", "aws_ebs_snapshot_copy", "aws_ebs_snapshot_import", "aws_ami_copy");
        on(AutoScaling::group, "aws_autoscaling_group");
        on(
                Flat.used("Requests", "1M requests", "AWSLambda", "Request")
                        .usage("Duration", "GB-seconds", "AWSLambda", "Lambda-GB-Second x86"),
                "aws_lambda_function");
        on(
                Flat.used("Provisioned Concurrency", "GB-seconds", "AWSLambda", "Provisioned-Concurrency"),
                "aws_lambda_provisioned_concurrency_config");
        on(Sized.of("Virtual server", "AmazonLightsail", "Linux", "bundle_id", "count"), "aws_lightsail_instance");
    }

    private static void containers() {
        on(Eks::cluster, "aws_eks_cluster");
        on(Eks::nodeGroup, "aws_eks_node_group");
        on(Eks::fargateProfile, "aws_eks_fargate_profile");
        on(Ecs::service, "aws_ecs_service");
        on(Flat.used("Storage", "GB", "AmazonECR", "TimedStorage"), "aws_ecr_repository");
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
        on(
                Flat.used("Data transfer out to internet", "GB", "AmazonCloudFront", "DTO US/EU first 10TB"),
                "aws_cloudfront_distribution");
    }

    private static void databases() {
        on(Rds::instance, "aws_db_instance");
        on(Aurora::cluster, "aws_rds_cluster");
        on(Aurora::instance, "aws_rds_cluster_instance");
        on(Aurora::documentInstance, "aws_docdb_cluster_instance");
        on(Aurora::neptuneInstance, "aws_neptune_cluster_instance");
        on(ElastiCache::cluster, "aws_elasticache_cluster");
        on(ElastiCache::replicationGroup, "aws_elasticache_replication_group");
        on(ElastiCache::memoryDb, "aws_memorydb_cluster");
        on(DynamoDb::table, "aws_dynamodb_table");
        on(OpenSearch::domain, "aws_opensearch_domain", "aws_elasticsearch_domain");
        on(
                Sized.of("Cluster usage", "AmazonRedshift", "Redshift", "node_type", "number_of_nodes"),
                "aws_redshift_cluster");
        on(Sized.of("Node", "AmazonDAX", "DAX", "node_type", "replication_factor"), "aws_dax_cluster");
    }

    private static void storage() {
        on(Storage::bucket, "aws_s3_bucket");
        on(Storage::efs, "aws_efs_file_system");
        on(
                Storage::fsx,
                "aws_fsx_windows_file_system",
                "aws_fsx_openzfs_file_system",
                "aws_fsx_ontap_file_system",
                "aws_fsx_lustre_file_system");
    }

    private static void messaging() {
        on(AwsPricers::queue, "aws_sqs_queue");
        on(Flat.used("API requests", "1M requests", "AmazonSNS", "API requests"), "aws_sns_topic");
        on(Streams::kinesis, "aws_kinesis_stream");
        on(Streams::msk, "aws_msk_cluster");
        on(Streams::mq, "aws_mq_broker");
        on(Flat.used("Requests", "1M requests", "AmazonApiGateway", "REST requests"), "aws_api_gateway_rest_api");
        on(AwsPricers::httpApi, "aws_apigatewayv2_api");
        on(Flat.used("Transitions", "1k transitions", "AmazonStates", "Standard transitions"), "aws_sfn_state_machine");
    }

    private static void operations() {
        on(CloudWatch::alarm, "aws_cloudwatch_metric_alarm");
        on(CloudWatch::logGroup, "aws_cloudwatch_log_group");
        on(Flat.monthly("Dashboard", "AmazonCloudWatch", "Dashboard"), "aws_cloudwatch_dashboard");
        on(
                Flat.used("Paid management events", "100k events", "AWSCloudTrail", "Paid management events"),
                "aws_cloudtrail");
        on(Flat.used("Config items", "records", "AWSConfig", "Config item"), "aws_config_configuration_recorder");
        on(AwsPricers::transfer, "aws_transfer_server");
        on(Flat.used("Duration", "DPU-hours", "AWSGlue", "DPU-Hour"), "aws_glue_job", "aws_glue_crawler");
        on(AwsPricers::parameter, "aws_ssm_parameter");
    }

    private static void security() {
        on(
                Flat.monthly("Customer master key", "awskms", "Key")
                        .usage("Requests", "10k requests", "awskms", "Requests"),
                "aws_kms_key",
                "aws_kms_external_key",
                "aws_kms_replica_key",
                "aws_kms_replica_external_key");
        on(Security::secret, "aws_secretsmanager_secret");
        on(Security::webAcl, "aws_wafv2_web_acl", "aws_waf_web_acl", "aws_wafregional_web_acl");
        on(Security::certificate, "aws_acm_certificate");
        on(Security::authority, "aws_acmpca_certificate_authority");
        on(Flat.hourly("HSM usage", "CloudHSM", "HSM"), "aws_cloudhsm_v2_hsm");
    }

    /** Nothing to pay until they are used, and the book has no price to show yet. */
    private static void byUseAlone() {
        on(
                Flat.byUse(),
                "aws_athena_workgroup",
                "aws_backup_vault",
                "aws_cloudformation_stack",
                "aws_cloudformation_stack_set",
                "aws_cloudfront_function",
                "aws_cloudwatch_event_bus",
                "aws_codebuild_project",
                "aws_cognito_user_pool",
                "aws_config_config_rule",
                "aws_config_organization_custom_rule",
                "aws_config_organization_managed_rule",
                "aws_db_snapshot",
                "aws_docdb_cluster",
                "aws_docdb_cluster_snapshot",
                "aws_ec2_transit_gateway",
                "aws_glacier_vault",
                "aws_globalaccelerator_endpoint_group",
                "aws_glue_catalog_database",
                "aws_guardduty_detector",
                "aws_keyspaces_keyspace",
                "aws_keyspaces_table",
                "aws_kinesis_firehose_delivery_stream",
                "aws_kinesisanalytics_application",
                "aws_neptune_cluster",
                "aws_neptune_cluster_snapshot",
                "aws_pipes_pipe",
                "aws_redshiftserverless_workgroup",
                "aws_scheduler_schedule",
                "aws_sns_topic_subscription",
                "aws_timestreamwrite_database",
                "aws_timestreamwrite_table");
    }

    private static void queue(Resource queue, Bill bill) {
        boolean ordered = queue.flag("fifo_queue", false);
        bill.usage(
                "Requests",
                "1M requests",
                queue.rate("AWSQueueService", ordered ? "FIFO requests" : "Standard requests"));
    }

    private static void httpApi(Resource api, Bill bill) {
        boolean sockets = api.text("protocol_type", "HTTP").equals("WEBSOCKET");
        bill.usage(
                sockets ? "Messages" : "Requests",
                sockets ? "1M messages" : "1M requests",
                api.rate("AmazonApiGateway", sockets ? "WebSocket messages" : "HTTP requests"));
    }

    private static void transfer(Resource server, Bill bill) {
        List<String> protocols = server.texts("protocols");
        for (String protocol : protocols.isEmpty() ? List.of("SFTP") : protocols) {
            bill.hourly(protocol + " protocol enabled", BigDecimal.ONE, server.rate("AWSTransfer", "Protocol-hour"));
        }
    }

    private static void parameter(Resource parameter, Bill bill) {
        if (parameter.text("tier", "Standard").equals("Advanced")) {
            bill.monthly(
                    "Parameter storage (advanced)",
                    "parameters",
                    BigDecimal.ONE,
                    parameter.rate("AmazonSSM", "Advanced parameter"));
        }
    }

    private static void on(Pricer pricer, String... types) {
        for (String type : types) {
            if (TABLE.put(type, pricer) != null) {
                throw new IllegalStateException(type + " is registered twice");
            }
        }
    }
}
