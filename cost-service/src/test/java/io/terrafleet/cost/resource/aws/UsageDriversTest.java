package io.terrafleet.cost.resource.aws;

import static io.terrafleet.cost.estimate.Drafts.draft;
import static io.terrafleet.cost.estimate.Drafts.monthly;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.cost.estimate.ResourceEstimate;
import io.terrafleet.cost.resource.UsageFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What use adds, and types beyond the commonest; amounts by hand from the price lists of us-east-1. */
class UsageDriversTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aws_lambda_function | {'memory_size': 512} | {monthly_requests: 1000000, request_duration_ms: 200} | 1.86667
            aws_sqs_queue | {'fifo_queue': true} | {monthly_requests: 2000000, request_size_kb: 100} | 2
            aws_s3_bucket | {} | {standard: {storage_gb: 60000}} | 1371.2
            aws_lb | {} | {processed_bytes_gb: 730} | 22.265
            aws_dynamodb_table | {'billing_mode': 'PAY_PER_REQUEST'} | {monthly_write_request_units: 1000000} | 0.625
            aws_kinesis_firehose_delivery_stream | {} | {monthly_data_ingested_gb: 600000} | 17048
            aws_glue_job | {'number_of_workers': 10, 'worker_type': 'G.2X'} | {monthly_hours: 10} | 88
            aws_cloudwatch_log_group | {} | {monthly_data_ingested_gb: 10} | 5
            aws_mq_broker | {'engine_type': 'RabbitMQ', 'host_instance_type': 'mq.m5.xlarge', 'deployment_mode': 'CLUSTER_MULTI_AZ'} | {storage_size_gb: 10} | 1264.44
            aws_route53_resolver_endpoint | {'ip_address': [{}, {}]} | {monthly_queries: 2000000000} | 782.5
            aws_cloudfront_distribution | {} | {monthly_data_transfer_to_internet_gb: {us: 10240}} | 870.4
            aws_sns_topic | {} | {monthly_requests: 3000000, http_subscriptions: 1} | 2.74
            aws_db_instance | {'instance_class': 'db.t3.large', 'engine': 'mysql', 'allocated_storage': 20} | {additional_backup_storage_gb: 100} | 111.08
            aws_instance | {'instance_type': 't3.medium'} | {monthly_hrs: 100, monthly_cpu_credit_hrs: 10, vcpu_count: 2} | 5.96
            aws_instance | {'instance_type': 't3.medium'} | {reserved_instance_term: 1_year, reserved_instance_payment_option: no_upfront} | 19.853
            aws_instance | {'instance_type': 't3.medium'} | {reserved_instance_term: 3_year, reserved_instance_payment_option: all_upfront} | 0.8
            aws_autoscaling_group | {'desired_capacity': 1} | {instances: 4} | 0
            """)
    void whatUseAdds(String type, String values, String usage, String expected) throws Exception {
        ResourceEstimate resource = draft().create(type, "it", values)
                .estimate(UsageFile.parse("resource_usage:\n  " + type + ".it: " + usage + "\n"))
                .resources()
                .getFirst();

        assertThat(resource.proposed().monthly()).isEqualByComparingTo(expected);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aws_api_gateway_stage | {'cache_cluster_enabled': true, 'cache_cluster_size': '0.5'} | 14.6
            aws_mwaa_environment | {} | 357.7
            aws_globalaccelerator_accelerator | {'enabled': true} | 18.25
            aws_directory_service_directory | {'type': 'MicrosoftAD', 'edition': 'Standard'} | 87.6
            aws_dx_connection | {'bandwidth': '1Gbps', 'location': 'EqDC2'} | 219
            aws_ec2_capacity_reservation | {'instance_type': 'm5.large', 'instance_platform': 'Linux/UNIX', 'instance_count': 2} | 140.16
            aws_dms_replication_instance | {'replication_instance_class': 'dms.t2.micro', 'allocated_storage': 70, 'multi_az': true} | 30.88
            aws_grafana_workspace | {} | 9
            aws_lightsail_instance | {'bundle_id': 'xlarge_2_0'} | 82.417
            aws_fsx_openzfs_file_system | {'storage_capacity': 300, 'throughput_capacity': 64, 'root_volume_configuration': [{'data_compression_type': 'LZ4'}]} | 30.14
            aws_sagemaker_notebook_instance | {'instance_type': 'ml.t3.medium'} | 36.5
            aws_db_proxy | {} | 21.9
            aws_elastic_beanstalk_environment | {'region': 'eu-west-1', 'setting': [{'namespace': 'aws:autoscaling:asg', 'name': 'MinSize', 'value': '2'}, {'namespace': 'aws:ec2:instances', 'name': 'InstanceTypes', 'value': 't3.small'}]} | 53.444
            aws_ebs_snapshot | {} | 0.4
            aws_cloudhsm_v2_hsm | {} | 1168
            aws_wafv2_web_acl | {'rule': [{'statement': [{'managed_rule_group_statement': [{}]}]}, {}]} | 7
            """)
    void lessCommonTypes(String type, String values, String expected) {
        assertThat(monthly(type, values)).isEqualTo(expected);
    }
}
