package io.terrafleet.cost.resource.aws;

import static io.terrafleet.cost.estimate.Drafts.draft;
import static io.terrafleet.cost.estimate.Drafts.monthly;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.cost.estimate.Kind;
import io.terrafleet.cost.estimate.ResourceEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What moves the price of each type, one driver at a time; amounts by hand from the price lists of us-east-1. */
class DriversTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aws_ebs_volume | {'size': 100} | 10
            aws_ebs_volume | {'size': 100, 'type': 'gp3', 'iops': 4000, 'throughput': 225} | 17
            aws_ebs_volume | {'size': 100, 'type': 'io2', 'iops': 70000} | 3740.5
            aws_ebs_volume | {'size': 10, 'type': 'io1', 'iops': 200} | 14.25
            aws_instance | {'instance_type': 'm5.large', 'root_block_device': [{'volume_size': 50, 'volume_type': 'gp3'}]} | 74.08
            aws_instance | {'instance_type': 'm5.large'} | 70.88
            aws_instance | {'instance_type': 'm5.large', 'monitoring': true} | 72.98
            aws_instance | {'instance_type': 'm5.large', 'host_id': 'h-1'} | 0.8
            aws_instance | {'instance_type': 'm5.large', 'ebs_block_device': [{'volume_size': 10}, {'volume_size': 20}]} | 73.88
            aws_db_instance | {'instance_class': 'db.r6g.large', 'engine': 'postgres', 'allocated_storage': 200, 'storage_type': 'gp3'} | 187.25
            aws_db_instance | {'instance_class': 'db.r6g.large', 'engine': 'postgres', 'allocated_storage': 200, 'storage_type': 'gp3', 'multi_az': true} | 374.5
            aws_db_instance | {'instance_class': 'db.r6g.large', 'engine': 'postgres', 'allocated_storage': 500, 'storage_type': 'gp3', 'iops': 12000} | 221.75
            aws_db_instance | {'instance_class': 'db.t3.large', 'engine': 'mysql', 'engine_version': '5.7.44', 'allocated_storage': 20} | 247.58
            aws_db_instance | {'instance_class': 'db.t3.large', 'engine': 'oracle-se2', 'license_model': 'bring-your-own-license', 'allocated_storage': 20} | 101.58
            aws_rds_cluster_instance | {'instance_class': 'db.r6g.large', 'engine': 'aurora-postgresql'} | 189.8
            aws_nat_gateway | {} | 32.85
            aws_lb | {} | 16.425
            aws_alb | {'load_balancer_type': 'network'} | 16.425
            aws_elb | {} | 18.25
            aws_elasticache_cluster | {'engine': 'redis', 'node_type': 'cache.r6g.large', 'num_cache_nodes': 2} | 300.76
            aws_elasticache_replication_group | {'engine': 'valkey', 'node_type': 'cache.r6g.large', 'num_node_groups': 2, 'replicas_per_node_group': 1} | 481.216
            aws_eks_cluster | {'version': '1.33'} | 73
            aws_eks_cluster | {'version': '1.29'} | 438
            aws_eks_node_group | {'scaling_config': [{'desired_size': 3}], 'instance_types': ['m5.large'], 'disk_size': 30} | 219.24
            aws_kms_key | {} | 1
            aws_eip | {} | 3.65
            aws_eip | {'customer_owned_ipv4_pool': 'pool'} | 0
            aws_vpc_endpoint | {'vpc_endpoint_type': 'Interface', 'subnet_ids': ['a', 'b']} | 14.6
            aws_vpc_endpoint | {'vpc_endpoint_type': 'Gateway'} | 0
            aws_cloudwatch_metric_alarm | {'period': 60} | 0.1
            aws_cloudwatch_metric_alarm | {'period': 10} | 0.3
            aws_route53_zone | {} | 0.5
            aws_secretsmanager_secret | {'replica': [{'region': 'eu-west-1'}]} | 0.8
            aws_dynamodb_table | {'read_capacity': 10, 'write_capacity': 10} | 5.694
            aws_dynamodb_table | {'billing_mode': 'PAY_PER_REQUEST'} | 0
            aws_efs_file_system | {'throughput_mode': 'provisioned', 'provisioned_throughput_in_mibps': 64} | 384
            aws_kinesis_stream | {'shard_count': 2} | 21.9
            aws_msk_cluster | {'number_of_broker_nodes': 3, 'broker_node_group_info': [{'instance_type': 'kafka.t3.small', 'storage_info': [{'ebs_storage_info': [{'volume_size': 100}]}]}]} | 129.864
            aws_wafv2_web_acl | {'rule': [{}, {}]} | 7
            aws_ssm_parameter | {'tier': 'Advanced'} | 0.050005
            aws_ssm_parameter | {'tier': 'Standard'} | 0
            """)
    void oneResource(String type, String values, String expected) {
        assertThat(monthly(type, values)).isEqualTo(expected);
    }

    @Test
    void aGroupCostsItsTemplateTimesItsSize() {
        ResourceEstimate group = draft().configured(
                        "aws_autoscaling_group",
                        "app",
                        "{'launch_configuration': {'references': ['aws_launch_configuration.app.name', 'aws_launch_configuration.app']}}")
                .create("aws_launch_configuration", "app", "{'instance_type': 'm5.large', 'enable_monitoring': false}")
                .create(
                        "aws_autoscaling_group",
                        "app",
                        "{'min_size': 2, 'max_size': 4}",
                        "{'launch_configuration': true}")
                .at("aws_autoscaling_group.app");

        assertThat(group.proposed().monthly()).isEqualByComparingTo("141.76");
        assertThat(group.assumptions()).anyMatch(note -> note.contains("desired_capacity"));
    }

    @Test
    void aGroupWithoutItsTemplateIsNotPricedAndSaysWhy() {
        ResourceEstimate group = draft().create("aws_autoscaling_group", "app", "{'desired_capacity': 3}")
                .only();

        assertThat(group.kind()).isEqualTo(Kind.NO_PRICE);
        assertThat(group.problems()).anyMatch(problem -> problem.contains("not part of this plan"));
    }

    @Test
    void fargateTasksArePricedByTheirDefinition() {
        ResourceEstimate service = draft().create(
                        "aws_ecs_task_definition", "api", "{'family': 'api', 'cpu': '1 vCPU', 'memory': '2048'}")
                .create(
                        "aws_ecs_service",
                        "api",
                        "{'launch_type': 'FARGATE', 'desired_count': 2, 'task_definition': 'api'}")
                .at("aws_ecs_service.api");

        assertThat(service.proposed().monthly()).isEqualByComparingTo("72.0802");
    }

    @Test
    void onlyTheChangeOfATemplateChangesTheGroup() {
        ResourceEstimate group = draft().change(
                        "aws_launch_template",
                        "app",
                        List.of("update"),
                        "{'id': 'lt-1', 'instance_type': 'm5.large'}",
                        "{'id': 'lt-1', 'instance_type': 'm5.xlarge'}",
                        "{}")
                .change(
                        "aws_autoscaling_group",
                        "app",
                        List.of("no-op"),
                        "{'desired_capacity': 2, 'launch_template': [{'id': 'lt-1'}]}",
                        "{'desired_capacity': 2, 'launch_template': [{'id': 'lt-1'}]}",
                        "{}")
                .at("aws_autoscaling_group.app");

        assertThat(group.change()).isEqualTo("no-op");
        assertThat(group.delta()).isEqualByComparingTo("140.16");
    }
}
