package io.terrafleet.cost.estimate;

import static io.terrafleet.cost.estimate.Drafts.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.contracts.usage.UsageUnreadable;
import io.terrafleet.cost.resource.Component;
import io.terrafleet.cost.resource.UsageFile;
import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void aUsageFileTellsHowMuch() throws Exception {
        ResourceEstimate gateway = draft().create("aws_nat_gateway", "it", "{}")
                .estimate(
                        UsageFile.parse("resource_usage:\n  aws_nat_gateway.it:\n    monthly_data_processed_gb: 100\n"))
                .resource("aws_nat_gateway.it")
                .orElseThrow();

        assertThat(gateway.kind()).isEqualTo(Kind.PRICED);
        assertThat(gateway.proposed().monthly()).isEqualByComparingTo("37.35");
    }

    @Test
    void withoutOnePricesAreShownAndNothingIsCounted() {
        ResourceEstimate queue = draft().create("aws_sqs_queue", "it", "{}").only();

        assertThat(queue.kind()).isEqualTo(Kind.USAGE_ONLY);
        assertThat(queue.proposed().components()).singleElement().satisfies(line -> {
            assertThat(line.monthlyQuantity()).isZero();
            assertThat(line.price()).isEqualByComparingTo("0.4");
            assertThat(line.usageBased()).isTrue();
        });
    }

    @Test
    void everyTierThatIsReachedHasALine() throws Exception {
        Estimate estimate = draft().create("aws_vpc_endpoint", "it", "{'vpc_endpoint_type': 'Interface'}")
                .estimate(UsageFile.parse(
                        "resource_type_default_usage:\n  aws_vpc_endpoint:\n    monthly_data_processed_gb: 7000000\n"));

        assertThat(estimate.resources().getFirst().proposed().components())
                .filteredOn(Component::usageBased)
                .extracting(Component::name)
                .containsExactly(
                        "Data processed (first 1PB)", "Data processed (next 4PB)", "Data processed (over 5PB)");
        assertThat(estimate.proposedMonthly()).isEqualByComparingTo("42007.30");
    }

    @Test
    void instancesShareTheEntryWithAStarAndNothingBeatsTheirOwn() throws Exception {
        UsageFile usage = UsageFile.parse(
                """
                version: 0.1
                resource_usage:
                  aws_data_transfer.here:
                    region: us-east-1
                    monthly_outbound_other_regions_gb: 50
                """);
        Estimate estimate = draft().create("aws_kms_key", "it", "{}").estimate(usage);

        assertThat(estimate.resource("aws_data_transfer.here").orElseThrow().delta())
                .isZero();
        assertThat(estimate.proposedMonthly()).isEqualByComparingTo("2.00");
        assertThat(estimate.priorMonthly()).isEqualByComparingTo("1.00");
    }

    @Test
    void absurdUsageIsSaidAndNotCounted() throws Exception {
        ResourceEstimate gateway = draft().create("aws_nat_gateway", "it", "{}")
                .estimate(UsageFile.parse(
                        "resource_usage:\n  aws_nat_gateway.it:\n    monthly_data_processed_gb: plenty\n"))
                .resources()
                .getFirst();

        assertThat(gateway.kind()).isEqualTo(Kind.NO_PRICE);
        assertThat(gateway.problems())
                .anyMatch(problem -> problem.contains("monthly_data_processed_gb must be a number"));
    }

    @Test
    void brokenFilesSayWhere() {
        assertThatThrownBy(() -> UsageFile.parse("resource_usage:\n  a: [1\n"))
                .isInstanceOf(UsageUnreadable.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> UsageFile.parse("[1]")).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> UsageFile.parse("resource_usage: 7")).hasMessageContaining("from addresses to usage");
        assertThatThrownBy(() -> UsageFile.parse("a: !!javax.script.ScriptEngineManager []"))
                .isInstanceOf(UsageUnreadable.class);
    }

    @Test
    void chinaIsBilledInItsOwnCurrencyAndNeverMixed() {
        Estimate china =
                draft().region("cn-north-1").create("aws_s3_bucket", "it", "{}").estimate();
        assertThat(china.currency()).isEqualTo("CNY");

        Estimate mixed = draft().create("aws_kms_key", "it", "{}")
                .create("aws_s3_bucket", "far", "{'region': 'cn-north-1'}")
                .estimate();
        assertThat(mixed.currency()).isEqualTo("USD");
        assertThat(mixed.resource("aws_s3_bucket.far").orElseThrow().problems())
                .anyMatch(problem -> problem.contains("billed in CNY"));
    }
}
