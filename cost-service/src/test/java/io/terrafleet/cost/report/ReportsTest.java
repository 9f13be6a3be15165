package io.terrafleet.cost.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.cost.estimate.Drafts;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Estimator;
import io.terrafleet.cost.estimate.Plans;
import io.terrafleet.cost.price.PriceBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Estimate CHANGES = new Estimator(PriceBook.shipped()).estimate(Plans.plan("08-changes.json"));

    @Test
    void theJsonHasTheTotalsAndEveryLine() throws Exception {
        JsonNode json = Json.mapper().readTree(Reports.json(CHANGES, "changes", Instant.EPOCH));

        assertThat(cents(json.path("totalMonthlyCost"))).isEqualByComparingTo(CHANGES.proposedMonthly());
        assertThat(cents(json.path("pastTotalMonthlyCost"))).isEqualByComparingTo(CHANGES.priorMonthly());
        assertThat(cents(json.path("diffTotalMonthlyCost"))).isEqualByComparingTo(CHANGES.deltaMonthly());
        assertThat(json.path("summary").path("totalDetectedResources").asInt())
                .isEqualTo(CHANGES.resources().size());
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode resource : json.path("projects").path(0).path("breakdown").path("resources")) {
            sum = sum.add(sum(resource));
        }
        assertThat(sum.setScale(2, RoundingMode.HALF_UP)).isEqualByComparingTo(CHANGES.proposedMonthly());
    }

    /** The members that scripts written for Infracost 0.10 read, of each kind of object. */
    @Test
    void theJsonHasEveryMemberThatScriptsRead() throws Exception {
        JsonNode json = Json.mapper().readTree(Reports.json(CHANGES, "changes", Instant.EPOCH));
        JsonNode project = json.path("projects").path(0);
        String[] totals = {"totalHourlyCost", "totalMonthlyCost", "totalMonthlyUsageCost"};
        assertThat(names(json))
                .contains("version", "metadata", "currency", "projects", "timeGenerated", "summary")
                .contains(totals)
                .contains("pastTotalHourlyCost", "pastTotalMonthlyCost", "pastTotalMonthlyUsageCost")
                .contains("diffTotalHourlyCost", "diffTotalMonthlyCost", "diffTotalMonthlyUsageCost");
        assertThat(names(project))
                .contains("name", "displayName", "metadata", "pastBreakdown", "breakdown", "diff", "summary");
        for (String side : new String[] {"pastBreakdown", "breakdown", "diff"}) {
            assertThat(names(project.path(side))).as(side).contains("resources").contains(totals);
            JsonNode resource = project.path(side).path("resources").path(0);
            assertThat(names(resource))
                    .as(side)
                    .contains("name", "resourceType", "metadata", "hourlyCost", "monthlyCost", "costComponents");
            JsonNode component = resource.path("costComponents").path(0);
            assertThat(names(component))
                    .as(side)
                    .contains(
                            "name", "unit", "hourlyQuantity", "monthlyQuantity", "price", "hourlyCost", "monthlyCost");
            assertThat(component.path("price").isTextual()).isTrue();
        }
        assertThat(names(json.path("summary")))
                .contains(
                        "totalDetectedResources",
                        "totalSupportedResources",
                        "totalUnsupportedResources",
                        "totalUsageBasedResources",
                        "totalNoPriceResources",
                        "unsupportedResourceCounts",
                        "noPriceResourceCounts");
    }

    /** As in the breakdowns: a disk's lines stand with the disk, and every level has its own difference. */
    @Test
    void theDifferenceNestsPartsAsTheBreakdownDoes() throws Exception {
        JsonNode json = Json.mapper().readTree(Reports.json(CHANGES, "changes", Instant.EPOCH));
        JsonNode resources = json.path("projects").path(0).path("diff").path("resources");
        int nested = 0;
        for (JsonNode resource : resources) {
            assertThat(sum(resource))
                    .as(resource.path("name").asText())
                    .isEqualByComparingTo(resource.path("monthlyCost").asText());
            for (JsonNode part : resource.path("subresources")) {
                nested++;
                assertThat(names(part)).contains("name", "metadata", "hourlyCost", "monthlyCost", "costComponents");
                assertThat(part.path("costComponents").path(0).path("name").asText())
                        .doesNotContain(part.path("name").asText());
            }
        }
        assertThat(nested).isPositive();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Of a resource's lines and those of its parts, all the way down. */
    private static BigDecimal sum(JsonNode resource) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode component : resource.path("costComponents")) {
            sum = component.path("monthlyCost").isNull()
                    ? sum
                    : sum.add(new BigDecimal(component.path("monthlyCost").asText()));
        }
        for (JsonNode part : resource.path("subresources")) {
            sum = sum.add(sum(part));
        }
        return sum;
    }

    private static BigDecimal cents(JsonNode text) {
        return new BigDecimal(text.asText()).setScale(2, RoundingMode.HALF_UP);
    }

    @Test
    void theTableEndsWithTheTotalAndTheCounts() {
        assertThat(Reports.table(CHANGES))
                .contains("OVERALL TOTAL")
                .contains("$2,133.03")
                .contains("Prices as of")
                .contains("└─ ");
    }

    @Test
    void theTableSaysWhatWasTakenForGrantedAndForHowMany() {
        Estimate nowhere = Drafts.draft()
                .region("{'references': ['local.region']}")
                .create("aws_nat_gateway", "a", "{}")
                .create("aws_nat_gateway", "b", "{}")
                .estimate();

        assertThat(Reports.table(nowhere))
                .contains("Taken for granted: the plan does not say the region; assumed us-east-1 (2 resources)");
    }

    @Test
    void theDiffSaysWhatChanges() {
        assertThat(Reports.diff(CHANGES, "changes"))
                .contains("~ aws_ebs_volume.data\n  +$40.00 ($40.00 → $80.00)")
                .contains("Amount:  +$1,650.69 ($482.34 → $2,133.03)")
                .contains("Percent: +342%");
    }

    @Test
    void markdownKeepsItsCells() {
        assertThat(Reports.markdown(CHANGES, "a|b\nc"))
                .startsWith("### Monthly cost of a\\|b c: +$1,650.69 (+342%)")
                .contains("| $482.34 | $2,133.03 | +$1,650.69 |")
                .contains("`aws_db_instance.orders`");
    }
}
