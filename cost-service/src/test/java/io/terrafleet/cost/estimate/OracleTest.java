package io.terrafleet.cost.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.testkit.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The report on another estimator's cases, held to what it says today: it may only get better. */
class OracleTest {

    @Test
    void componentsAgreeToTheCentOrTheirDifferenceHasAName() throws Exception {
        Path oracle = SharedData.orSkip("data/cost-oracle");

        OracleReport report = new OracleReport(new Estimator(PriceBook.shipped())).read(oracle);

        Path file = Path.of("target", "cost-oracle-report.txt");
        Files.write(file, report.lines());
        System.out.println(report.lines().getFirst() + "; the report is " + file);
        assertThat(report.cases()).isGreaterThanOrEqualTo(69);
        assertThat(report.count(OracleReport.Reason.DIFFERENT))
                .as(String.join("\n", report.lines()))
                .isZero();
        assertThat(report.count(OracleReport.Reason.MISSING_PRICE)).isZero();
        assertThat(report.matched()).isGreaterThanOrEqualTo(1_240);
    }
}
