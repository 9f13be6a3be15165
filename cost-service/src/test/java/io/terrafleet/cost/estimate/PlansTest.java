package io.terrafleet.cost.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.cost.price.PriceBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whole plans against totals worked out by hand. */
class PlansTest {
    private static final Estimator ESTIMATOR = new Estimator(PriceBook.shipped());

    @Test
    void theWebApplicationCostsWhatWasWorkedOutByHand() {
        JsonNode expected = Plans.json("01-web-app.expected.json").path("cost");
        Estimate estimate = ESTIMATOR.estimate(Plans.plan("01-web-app.json"));

        assertThat(estimate.proposedMonthly()).isEqualTo(cents(expected.path("baseline_monthly")));
        assertThat(estimate.priorMonthly()).isEqualByComparingTo("0");
        assertThat(estimate.count(Kind.NO_PRICE)).isZero();
        assertThat(estimate.count(Kind.UNSUPPORTED)).isZero();
        for (JsonNode address : expected.path("usage_only")) {
            if (address.asText().startsWith("aws_") && !address.asText().contains(" ")) {
                assertThat(at(estimate, address.asText()).kind())
                        .as(address.asText())
                        .isEqualTo(Kind.USAGE_ONLY);
            }
        }
        assertThat(at(estimate, "module.database.aws_db_instance.replica[0]")
                        .proposed()
                        .monthly())
                .isEqualByComparingTo("187.25");
        assertThat(at(estimate, "aws_autoscaling_group.app").proposed().monthly())
                .isEqualByComparingTo("304.72");
        assertThat(at(estimate, "module.network.aws_vpc_endpoint.interface[\"logs\"]")
                        .proposed()
                        .monthly())
                .isEqualByComparingTo("21.9");
        assertThat(at(estimate, "module.network.aws_vpc_endpoint.s3").kind()).isEqualTo(Kind.FREE);
    }

    @Test
    void changesHaveTheirPriorProposedAndDelta() {
        JsonNode expected = Plans.json("08-changes.expected.json").path("cost");
        Estimate estimate = ESTIMATOR.estimate(Plans.plan("08-changes.json"));

        assertThat(estimate.priorMonthly()).isEqualTo(cents(expected.path("prior_monthly")));
        assertThat(estimate.proposedMonthly()).isEqualTo(cents(expected.path("proposed_monthly")));
        assertThat(estimate.deltaMonthly()).isEqualTo(cents(expected.path("delta")));
        assertThat(at(estimate, "aws_instance.web[2]").change()).isEqualTo("delete");
        assertThat(at(estimate, "aws_instance.web[2]").proposed()).isEqualTo(Cost.NONE);
        assertThat(at(estimate, "aws_ebs_volume.data").change()).isEqualTo("replace");
        assertThat(at(estimate, "aws_ebs_volume.data").delta()).isEqualByComparingTo("40");
        assertThat(at(estimate, "aws_cloudwatch_log_group.handed_over").change())
                .isEqualTo("forget");
        assertThat(at(estimate, "module.store.aws_s3_bucket.this").previousAddress())
                .contains("aws_s3_bucket.logs");
    }

    @Test
    void everyResourceIsInExactlyOneKind() {
        for (String plan :
                new String[] {"01-web-app.json", "02-eks-platform.json", "05-unencrypted-stores.json", "08-changes.json"
                }) {
            Estimate estimate = ESTIMATOR.estimate(Plans.plan(plan));
            Map<Kind, Long> kinds = estimate.resources().stream()
                    .collect(Collectors.groupingBy(ResourceEstimate::kind, Collectors.counting()));
            assertThat(kinds.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(estimate.resources().size());
        }
    }

    @Test
    void aLargePlanIsSixtyWebApplicationsAndTakesLessThanHalfASecond() {
        byte[] json = Plans.bytes("10-large.json.gz");
        Estimate estimate = ESTIMATOR.estimate(Plans.parse(json));
        // Sixty times the web application of 01.
        assertThat(estimate.resources()).hasSize(3360);
        assertThat(estimate.proposedMonthly()).isEqualTo(new BigDecimal("80906.82"));

        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            PlanDocument plan = Plans.parse(json);
            long parsed = System.nanoTime();
            ESTIMATOR.estimate(plan);
            long end = System.nanoTime();
            System.out.printf(
                    "10-large: parse %d ms, estimate %d ms%n",
                    (parsed - start) / 1_000_000, (end - parsed) / 1_000_000);
            best = Math.min(best, end - start);
        }
        assertThat(best / 1_000_000)
                .as("milliseconds to parse and estimate 3,360 resources")
                .isLessThan(500);
    }

    private static ResourceEstimate at(Estimate estimate, String address) {
        return estimate.resource(address).orElseThrow(() -> new AssertionError("no " + address));
    }

    private static BigDecimal cents(JsonNode amount) {
        return amount.decimalValue().setScale(2, RoundingMode.HALF_UP);
    }
}
