package io.terrafleet.cost.estimate;

import static io.terrafleet.cost.estimate.Drafts.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.cost.resource.FreeTypes;
import io.terrafleet.cost.resource.aws.AwsPricers;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds, regions, imports and unknown values; and that nothing a plan says makes the estimate fail or lie. */
class EstimatorTest {
    private static final String AWS = "registry.terraform.io/hashicorp/aws";
    private static final List<String> ATTRIBUTES = List.of(
            "instance_type",
            "instance_class",
            "node_type",
            "engine",
            "type",
            "size",
            "iops",
            "throughput",
            "allocated_storage",
            "storage_type",
            "multi_az",
            "desired_capacity",
            "min_size",
            "num_cache_nodes",
            "num_cache_clusters",
            "num_node_groups",
            "replicas_per_node_group",
            "read_capacity",
            "write_capacity",
            "shard_count",
            "desired_count",
            "cpu",
            "memory",
            "period",
            "subnet_ids",
            "protocols",
            "version",
            "root_block_device",
            "ebs_block_device",
            "launch_template",
            "scaling_config",
            "broker_node_group_info",
            "cluster_config",
            "ebs_options",
            "storage_capacity",
            "throughput_capacity",
            "number_of_nodes",
            "tier",
            "instance_types",
            "disk_size",
            "launch_type",
            "task_definition",
            "ip_address",
            "rule",
            "replica",
            "metric_query",
            "availability_zone",
            "arn",
            "region",
            "monitoring",
            "load_balancer_type",
            "bundle_id",
            "provisioned_throughput_in_mibps",
            "throughput_mode",
            "mixed_instances_policy",
            "host_instance_type");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-0.5",
                "1e308",
                "1e999",
                "99999999999999999999999999999999",
                "'NaN'",
                "'-5'",
                "'Infinity'",
                "'1e9'",
                "true",
                "[]",
                "{}",
                "[[]]",
                "[null]",
                "[1]",
                "['x']",
                "[{}]",
                "{'a': [1]}",
                "'\\u0000'",
                "'m5.large; drop'",
                "[{'volume_size': -1}]",
                "[{'volume_size': 'NaN', 'volume_type': 7}]",
                "[{'desired_size': -3}]",
                "null"
            })
    void hostileValuesNeverBreakTheEstimateNorTheTotal(String hostile) {
        Drafts draft = draft().create("aws_nat_gateway", "honest", "{}");
        String values = ATTRIBUTES.stream()
                .map(attribute -> "'" + attribute + "': " + hostile)
                .collect(Collectors.joining(", ", "{", "}"));
        AwsPricers.types().stream().sorted().forEach(type -> draft.create(type, "bad", values));
        AwsPricers.types().stream()
                .sorted()
                .forEach(type -> draft.change(type, "worse", List.of("update"), values, values, values));

        Estimate estimate = draft.estimate();

        assertThat(estimate.resources()).hasSize(1 + 2 * AwsPricers.types().size());
        assertThat(estimate.proposedMonthly()).isBetween(new BigDecimal("32.85"), new BigDecimal("100000"));
        for (ResourceEstimate resource : estimate.resources()) {
            assertThat(resource.proposed().monthly()).as(resource.address()).isNotNegative();
            assertThat(resource.kind() == Kind.NO_PRICE)
                    .as(resource.address())
                    .isEqualTo(!resource.problems().isEmpty());
        }
    }

    @Test
    void anAbsurdSizeIsMarkedAndLeavesTheTotalAlone() {
        Estimate estimate = draft().create("aws_ebs_volume", "bad", "{'size': -500}")
                .create("aws_ebs_volume", "good", "{'size': 10}")
                .estimate();

        assertThat(estimate.proposedMonthly()).isEqualByComparingTo("1");
        ResourceEstimate bad = estimate.resource("aws_ebs_volume.bad").orElseThrow();
        assertThat(bad.kind()).isEqualTo(Kind.NO_PRICE);
        assertThat(bad.problems()).containsExactly("not priced: size must be a number from 0 to 10^12");
    }

    @Test
    void whatHasNoPriceSaysWhatAndWhere() {
        ResourceEstimate far = draft().region("ap-southeast-2")
                .create("aws_nat_gateway", "it", "{}")
                .only();

        assertThat(far.kind()).isEqualTo(Kind.NO_PRICE);
        assertThat(far.region()).contains("ap-southeast-2");
        assertThat(far.problems().getFirst())
                .contains("NAT gateway")
                .contains("ap-southeast-2")
                .contains("us-east-1");
    }

    /** A region that nobody has heard of is no reason to take another one's prices. */
    @Test
    void aRegionThatIsSaidIsTakenAsItIs() {
        ResourceEstimate far = draft().region("mars-north-9")
                .create("aws_nat_gateway", "it", "{}")
                .only();

        assertThat(far.kind()).isEqualTo(Kind.NO_PRICE);
        assertThat(far.region()).contains("mars-north-9");
        assertThat(far.assumptions()).isEmpty();
    }

    @Test
    void regionsComeFromVariablesArnsZonesOrAnAssumption() {
        String unreadable = "{'references': ['local.region']}";
        assertThat(draft().region(unreadable)
                        .create("aws_eip", "it", "{}")
                        .only()
                        .assumptions())
                .contains("the plan does not say the region; assumed us-east-1");
        assertThat(draft().region(unreadable)
                        .create("aws_ebs_volume", "it", "{'availability_zone': 'eu-west-1b'}")
                        .only()
                        .region())
                .contains("eu-west-1");
        assertThat(draft().region(unreadable)
                        .create("aws_kms_key", "it", "{'arn': 'arn:aws:kms:eu-central-1:123:key/k'}")
                        .only()
                        .region())
                .contains("eu-central-1");
        assertThat(draft().create("aws_kms_key", "it", "{'region': 'us-west-2'}")
                        .only()
                        .region())
                .contains("us-west-2");
    }

    @Test
    void theUnknownIsAssumedAloudWhenTheConfigurationSetsIt() {
        ResourceEstimate volume = draft().configured(
                        "aws_ebs_volume",
                        "it",
                        "{'size': {'references': ['var.size']}, 'type': {'constant_value': 'gp3'}}")
                .create("aws_ebs_volume", "it", "{'type': 'gp3'}", "{'size': true, 'iops': true}")
                .only();

        assertThat(volume.proposed().monthly()).isEqualByComparingTo("0.64");
        assertThat(volume.assumptions()).contains("size is known only after apply; assumed 8");
        assertThat(volume.assumptions()).noneMatch(note -> note.startsWith("iops"));
    }

    @Test
    void whatIsImportedCostsAlreadyAndWhatIsForgottenLeaves() {
        String volume = "{'size': 100}";
        ResourceEstimate imported = draft().change("aws_ebs_volume", "it", List.of("no-op"), volume, volume, "{}")
                .only();
        assertThat(imported.delta()).isEqualByComparingTo("0");

        ResourceEstimate forgotten = draft().change("aws_ebs_volume", "it", List.of("forget"), volume, null, "{}")
                .only();
        assertThat(forgotten.delta()).isEqualByComparingTo("-10");
    }

    @Test
    void otherProvidersAreFreeWhenTheyMakeNothingAndUnsupportedOtherwise() {
        Estimate estimate = draft().create("terraform_data", "it", "{}")
                .with("provider_name", "'terraform.io/builtin/terraform'")
                .create("random_id", "it", "{}")
                .with("provider_name", "'registry.terraform.io/hashicorp/random'")
                .create("google_tpu_node", "it", "{}")
                .with("provider_name", "'registry.terraform.io/hashicorp/google'")
                .create("aws_iam_role", "it", "{}")
                .create("aws_no_such_thing", "it", "{}")
                .estimate();

        assertThat(estimate.resources())
                .extracting(ResourceEstimate::kind)
                .containsExactly(Kind.FREE, Kind.FREE, Kind.UNSUPPORTED, Kind.FREE, Kind.UNSUPPORTED);
    }

    @Test
    void noTypeIsBothFreeAndPriced() {
        assertThat(AwsPricers.types()).hasSizeGreaterThan(90).noneMatch(type -> FreeTypes.contains(type, AWS));
    }
}
