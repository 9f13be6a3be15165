package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Speed on a plan with 3,360 resources. */
class LargePlanTest {
    private static final String POLICY =
            """
            package large

            changed contains rc if {
                some rc in input.resource_changes
                not rc.change.actions in [["no-op"], ["read"], ["delete"]]
            }

            by_type[rc.type] contains rc.address if some rc in changed

            counts := {type: count(addresses) | some type, addresses in by_type}

            deny contains msg if {
                some rc in changed
                some key, value in rc.change.after
                is_string(value)
                net.cidr_is_valid(value)
                not net.cidr_contains("10.0.0.0/8", value)
                msg := sprintf("%s.%s is %s", [rc.address, key, value])
            }
            """;

    @Test
    void readsAndJudgesALargePlanInHalfASecond() throws IOException {
        Path plan =
                Path.of(System.getProperty("terrafleet.root", ".."), "..", "shared/data/plans/10-large/plan.json.gz");
        assumeTrue(Files.exists(plan), "skipped: data absent");
        byte[] json;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(plan))) {
            json = in.readAllBytes();
        }
        Query query = RegoCompiler.compile(List.of(RegoModule.parse("large.rego", POLICY)))
                .query("data.large");
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long start = System.nanoTime();
            Value input = Value.fromJson(new ByteArrayInputStream(json));
            Value result =
                    query.evaluate(input, ObjectValue.EMPTY, Limits.DEFAULT).orElseThrow();
            best = Math.min(best, System.nanoTime() - start);
            assertThat(result.get(Value.of("counts"))).isNotEqualTo(ObjectValue.EMPTY);
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(500));
    }
}
