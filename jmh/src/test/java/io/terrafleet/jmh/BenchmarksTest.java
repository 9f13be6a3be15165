package io.terrafleet.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.jmh.Measurement.Effort;
import io.terrafleet.jmh.Measurement.Figure;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchmarksTest {
    /** Once each, so that what changes beside them cannot break them unseen. How long they take is not asked. */
    @Test
    void allOfThemWork() throws Exception {
        List<Figure> figures = new Measurement(Pattern.compile(".*"), Effort.BLINK, name -> {}).measure();

        assertThat(figures)
                .extracting(Figure::benchmark)
                .containsExactlyInAnyOrder(
                        "Rule.judge, 100 resources",
                        "Redaction.redact",
                        "Estimate.price",
                        "Event.read",
                        "Event.write",
                        "Lifecycle.step",
                        "RunRow.read",
                        "RunRow.write",
                        "Permission.mayApply",
                        "Mask.hide",
                        "Seal.seal",
                        "Seal.unseal");
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.nanoseconds()).isPositive();
            assertThat(figure.bytes()).isPositive();
        });
    }
}
