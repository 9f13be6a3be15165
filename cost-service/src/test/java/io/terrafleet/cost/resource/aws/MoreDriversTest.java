package io.terrafleet.cost.resource.aws;

import static io.terrafleet.cost.estimate.Drafts.draft;
import static io.terrafleet.cost.estimate.Drafts.monthly;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.cost.estimate.Drafts;
import io.terrafleet.cost.estimate.Kind;
import io.terrafleet.cost.estimate.ResourceEstimate;
import io.terrafleet.cost.resource.Component;
import io.terrafleet.cost.resource.UsageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers that go beyond one attribute: use told with a group, rules that move objects, spot, platforms, what use adds to the rarer types. */
class MoreDriversTest {
    private static final String TASK =
            "{'family': 'api', 'cpu': '1024', 'memory': '2048', 'ephemeral_storage': [{'size_in_gib': 30}], 'runtime_platform': [PLATFORM]}";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aws_backup_vault | {} | {monthly_efs_cold_backup_gb: 100, monthly_efs_item_restore_requests: 2, monthly_dynamodb_restore_gb: 10, monthly_fsx_lustre_backup_gb: 20} | 4.5
            aws_directory_service_directory | {'type': 'MicrosoftAD', 'edition': 'Standard'} | {additional_domain_controllers: 1} | 131.4
            aws_kinesis_stream | {'stream_mode_details': [{'stream_mode': 'ON_DEMAND'}]} | {monthly_on_demand_efo_data_out_gb: 100, monthly_on_demand_long_term_retention_gb: 1000} | 57.2
            aws_ssm_activation | {'registration_limit': 2000} | {instances: 3} | 15.2205
            aws_ssm_activation | {'registration_limit': 5} | {instances: 3} | 0
            aws_ssm_parameter | {'tier': 'Standard'} | {api_throughput_limit: higher, monthly_api_interactions: 100000} | 0.5
            aws_kms_key | {'customer_master_key_spec': 'RSA_4096'} | {monthly_requests: 20000} | 1.3
            aws_elasticache_cluster | {'engine': 'redis', 'node_type': 'cache.t3.micro', 'snapshot_retention_limit': 3} | {snapshot_storage_size_gb: 10} | 14.11
            aws_glue_catalog_database | {} | {monthly_objects: 50000, monthly_requests: 3000000} | 3
            aws_cloudtrail | {'include_global_service_events': false, 'insight_selector': [{}]} | {monthly_data_events: 200000, monthly_insight_events: 100000} | 0.55
            aws_sns_topic | {} | {monthly_requests: 1000, sms_subscriptions: 1, sms_notification_price: 0.02} | 18
            aws_mwaa_environment | {'environment_class': 'mw1.small'} | {additional_workers: 2} | 438
            aws_memorydb_cluster | {'node_type': 'db.r6g.large', 'num_shards': 1, 'num_replicas_per_shard': 0, 'engine': 'valkey'} | {monthly_data_written_gb: 11240} | 182.1602
            aws_opensearch_domain | {'cluster_config': [{'instance_type': 'm5.large.search', 'instance_count': 2}], 'ebs_options': [{'ebs_enabled': true, 'volume_type': 'gp3', 'volume_size': 100, 'throughput': 225}]} | {} | 243.92
            aws_rds_cluster | {'engine': 'aurora-mysql', 'storage_type': 'aurora-iopt1'} | {storage_gb: 100, read_requests_per_sec: 1000, write_requests_per_sec: 10} | 22.5
            aws_s3_bucket | {} | {object_tags: 20000} | 0.02
            aws_lambda_function | {'memory_size': 1024} | {monthly_requests: 1000000, request_duration_ms: 99.2} | 1.86667
            aws_dynamodb_table | {'table_class': 'STANDARD_INFREQUENT_ACCESS', 'read_capacity': 10, 'write_capacity': 10} | {storage_gb: 100} | 17.081
            aws_appsync_graphql_api | {} | {monthly_requests: 2000000} | 8
            """)
    void whatUseAdds(String type, String values, String usage, String expected) throws Exception {
        ResourceEstimate resource = draft().create(type, "it", values)
                .estimate(UsageFile.parse("resource_usage:\n  " + type + ".it: " + usage + "\n"))
                .resources()
                .getFirst();

        assertThat(resource.problems()).isEmpty();
        assertThat(resource.proposed().monthly()).isEqualByComparingTo(expected);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aws_msk_cluster | {'number_of_broker_nodes': 2, 'broker_node_group_info': [{'instance_type': 'kafka.m5.large', 'storage_info': [{'ebs_storage_info': [{'volume_size': 10, 'provisioned_throughput': [{'enabled': true, 'volume_throughput': 300}]}]}]}]} | 316.6
            aws_ec2_transit_gateway | {} | 0
            aws_ssm_parameter | {'tier': 'Intelligent-Tiering'} | 0.050005
            aws_ec2_capacity_reservation | {'instance_type': 'm5.large', 'instance_platform': 'Linux/UNIX', 'instance_count': 1} | 70.08
            """)
    void oneResource(String type, String values, String expected) {
        assertThat(monthly(type, values)).isEqualTo(expected);
    }

    @Test
    void brokersWhoseStorageGrowsArePricedAtTheLeast() {
        ResourceEstimate cluster = draft().configured(
                        "aws_appautoscaling_target",
                        "it",
                        "{'resource_id': {'references': ['aws_msk_cluster.it.arn', 'aws_msk_cluster.it']}}")
                .create(
                        "aws_appautoscaling_target",
                        "it",
                        "{'scalable_dimension': 'kafka:broker-storage:VolumeSize', 'min_capacity': 50, 'max_capacity': 500}",
                        "{'resource_id': true}")
                .create(
                        "aws_msk_cluster",
                        "it",
                        "{'number_of_broker_nodes': 2, 'broker_node_group_info': [{'instance_type': 'kafka.m5.large', 'storage_info': [{'ebs_storage_info': [{'volume_size': 10}]}]}]}")
                .at("aws_msk_cluster.it");

        assertThat(cluster.proposed().monthly()).isEqualByComparingTo("316.6");
        assertThat(cluster.assumptions()).anyMatch(note -> note.contains("autoscaled storage"));
    }

    /** A usage file tells the use of a group's machines with the group. */
    @Test
    void theUseOfAGroupIsThatOfItsMachines() throws Exception {
        ResourceEstimate group = group("{'instance_type': 't3.medium'}", "{'desired_capacity': 2}")
                .estimate(
                        UsageFile.parse(
                                "resource_usage:\n  aws_autoscaling_group.app:\n    instances: 3\n    monthly_cpu_credit_hrs: 10\n    vcpu_count: 2\n    operating_system: windows\n"))
                .resource("aws_autoscaling_group.app")
                .orElseThrow();

        assertThat(group.proposed().components())
                .anySatisfy(line -> assertThat(line.name()).startsWith("Instance usage (Windows, on-demand"))
                .anySatisfy(line -> {
                    assertThat(line.name()).isEqualTo("CPU credits");
                    assertThat(line.monthlyQuantity()).isEqualByComparingTo("60");
                });
    }

    private static Drafts group(String template, String group) {
        return draft().configured(
                        "aws_autoscaling_group",
                        "app",
                        "{'launch_template': [{'id': {'references': ['aws_launch_template.app.id', 'aws_launch_template.app']}}]}")
                .create("aws_launch_template", "app", template, "{'id': true}")
                .create(
                        "aws_autoscaling_group",
                        "app",
                        group.replaceFirst("\\{", "{'launch_template': [{'version': '1'}], "),
                        "{'launch_template': [{'id': true}]}");
    }

    @Test
    void aMixedGroupHasALineForWhatIsOnDemandAndOneForSpot() {
        ResourceEstimate group = draft().configured(
                        "aws_autoscaling_group",
                        "app",
                        "{'mixed_instances_policy': [{'launch_template': [{'launch_template_specification': [{'launch_template_id': {'references': ['aws_launch_template.app.id', 'aws_launch_template.app']}}]}]}]}")
                .create("aws_launch_template", "app", "{'instance_type': 'm5.large'}", "{'id': true}")
                .create(
                        "aws_autoscaling_group",
                        "app",
                        "{'desired_capacity': 5, 'mixed_instances_policy': [{'instances_distribution': [{'on_demand_base_capacity': 1, 'on_demand_percentage_above_base_capacity': 50}], 'launch_template': [{'launch_template_specification': [{'version': '1'}], 'override': [{'instance_type': 'm5.xlarge'}]}]}]}",
                        "{'mixed_instances_policy': [{'launch_template': [{'launch_template_specification': [{'launch_template_id': true}]}]}]}")
                .at("aws_autoscaling_group.app");

        assertThat(group.problems()).isEmpty();
        assertThat(group.proposed().components())
                .filteredOn(line -> line.name().startsWith("Instance usage"))
                .extracting(Component::name, line -> line.monthlyQuantity().intValueExact())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "Instance usage (Linux/UNIX, on-demand, m5.xlarge)", 2190),
                        org.assertj.core.api.Assertions.tuple("Instance usage (Linux/UNIX, spot, m5.xlarge)", 1460));
        assertThat(group.assumptions()).anyMatch(note -> note.contains("spot prices"));
    }

    @ParameterizedTest
    @CsvSource({
        "{'cpu_architecture': 'X86_64'}, 36.8504",
        "{'cpu_architecture': 'ARM64'}, 29.6467",
        "{'operating_system_family': 'WINDOWS_SERVER_2022_CORE'}, 115.8437"
    })
    void tasksCostByTheirPlatformAndTheirDisk(String platform, String expected) {
        ResourceEstimate service = draft().create("aws_ecs_task_definition", "api", TASK.replace("PLATFORM", platform))
                .create(
                        "aws_ecs_service",
                        "api",
                        "{'launch_type': 'FARGATE', 'desired_count': 1, 'task_definition': 'api'}")
                .at("aws_ecs_service.api");

        assertThat(service.problems()).isEmpty();
        assertThat(service.proposed().monthly().setScale(2, java.math.RoundingMode.HALF_UP))
                .isEqualByComparingTo(new java.math.BigDecimal(expected).setScale(2, java.math.RoundingMode.HALF_UP));
    }

    @Test
    void classesThatRulesMoveObjectsToAreShownWithTheirPrices() {
        ResourceEstimate bucket = draft().create(
                        "aws_s3_bucket",
                        "it",
                        "{'lifecycle_rule': [{'enabled': true, 'tags': {'a': 'b'}, 'transition': [{'storage_class': 'GLACIER'}]}, {'enabled': false, 'transition': [{'storage_class': 'STANDARD_IA'}]}]}")
                .only();

        assertThat(bucket.kind()).isEqualTo(Kind.USAGE_ONLY);
        assertThat(bucket.proposed().components().stream()
                        .map(Component::part)
                        .distinct()
                        .toList())
                .containsExactly("", "Standard", "Glacier flexible retrieval");
        assertThat(bucket.proposed().components().getFirst().name()).isEqualTo("Object tagging");
    }

    @Test
    void rulesMayStandInAResourceOfTheirOwn() {
        ResourceEstimate bucket = draft().configured(
                        "aws_s3_bucket_lifecycle_configuration",
                        "it",
                        "{'bucket': {'references': ['aws_s3_bucket.it.id', 'aws_s3_bucket.it']}}")
                .create("aws_s3_bucket", "it", "{}", "{'id': true}")
                .create(
                        "aws_s3_bucket_lifecycle_configuration",
                        "it",
                        "{'rule': [{'status': 'Enabled', 'noncurrent_version_transition': [{'storage_class': 'DEEP_ARCHIVE'}]}]}",
                        "{'bucket': true}")
                .at("aws_s3_bucket.it");

        assertThat(bucket.proposed().components()).anyMatch(line -> line.part().equals("Glacier deep archive"));
    }

    @Test
    void queriesToAnAliasAreFreeUnlessItIsAnotherRecord() {
        Drafts records = draft().configured(
                        "aws_route53_record",
                        "balanced",
                        "{'alias': [{'name': {'references': ['aws_lb.it.dns_name', 'aws_lb.it']}}]}")
                .configured(
                        "aws_route53_record",
                        "named",
                        "{'alias': [{'name': {'references': ['aws_route53_record.plain.name', 'aws_route53_record.plain']}}]}")
                .create("aws_lb", "it", "{}")
                .create("aws_route53_record", "plain", "{'name': 'a.example.com', 'ttl': 60}")
                .create("aws_route53_record", "balanced", "{'alias': [{}]}", "{'alias': [{'name': true}]}")
                .create("aws_route53_record", "named", "{'alias': [{}]}", "{'alias': [{'name': true}]}");

        assertThat(records.at("aws_route53_record.balanced").kind()).isEqualTo(Kind.FREE);
        assertThat(records.at("aws_route53_record.named").kind()).isEqualTo(Kind.USAGE_ONLY);
        assertThat(records.at("aws_route53_record.plain").proposed().components())
                .extracting(Component::name)
                .containsExactly(
                        "Standard queries (first 1B)",
                        "Latency based routing queries (first 1B)",
                        "Geo DNS queries (first 1B)");
    }
}
