package io.terrafleet.cost.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.terrafleet.contracts.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void sharesAddUpResourcesOfOneTypeAndTags() throws Exception {
        List<CostPoint.Share> shares = Shares.of(
                Json.mapper()
                        .readTree(
                                """
                [{"type": "aws_instance", "tags": {"Env": "prod"}, "proposed": {"monthly": 10.5}},
                 {"type": "aws_instance", "tags": {"Env": "prod"}, "proposed": {"monthly": 1}},
                 {"type": "aws_instance", "tags": {}, "proposed": {"monthly": 2}},
                 {"type": "aws_vpc", "tags": {}, "proposed": {"monthly": 0}}]
                """));

        assertThat(shares)
                .containsExactly(
                        new CostPoint.Share("aws_instance", Map.of("Env", "prod"), 2, new BigDecimal("11.5000")),
                        new CostPoint.Share("aws_instance", Map.of(), 1, new BigDecimal("2.0000")));
    }

    @Test
    void ofVeryManyTheSmallestAreToldByTypeAndNothingIsLost() {
        ArrayNode resources = Json.mapper().createArrayNode();
        for (int i = 1; i <= 3_000; i++) {
            resources
                    .addObject()
                    .put("type", "aws_instance")
                    .set("tags", Json.mapper().createObjectNode().put("Name", "a long name of machine " + i));
            ((com.fasterxml.jackson.databind.node.ObjectNode) resources.get(i - 1))
                    .putObject("proposed")
                    .put("monthly", i);
        }

        List<CostPoint.Share> shares = Shares.of(resources);

        assertThat(shares).hasSize(1_001);
        assertThat(shares.getFirst().monthly()).isEqualByComparingTo("3000");
        assertThat(shares.getLast())
                .isEqualTo(new CostPoint.Share("aws_instance", Map.of(), 2_000, new BigDecimal("2001000.0000")));
        assertThat(shares.stream().map(CostPoint.Share::monthly).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("4501500");
    }
}
