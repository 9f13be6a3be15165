package io.terrafleet.cost.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.resource.Component;
import io.terrafleet.cost.resource.aws.AwsPricers;
import io.terrafleet.testkit.SharedData;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Another estimator's cases: every fixed component that it lists, found in ours with the same quantity and the same amount to the
 * cent. Components that come from a usage file or a reservation are not asked for.
 */
class OracleTest {
    private static final double CENT = 0.0101;
    private static final Estimator ESTIMATOR = new Estimator(PriceBook.shipped());

    private static final class Score {
        int asked;
        int matched;
        final List<String> missed = new ArrayList<>();
    }

    @Test
    void fixedComponentsAgreeToTheCent() throws Exception {
        Path oracle = SharedData.orSkip("data/cost-oracle");
        Map<String, Score> byType = new TreeMap<>();
        int cases = 0;
        try (Stream<Path> directories = Files.list(oracle)) {
            for (Path directory : directories.sorted().toList()) {
                cases++;
                score(directory, byType);
            }
        }
        int asked = byType.values().stream().mapToInt(score -> score.asked).sum();
        int matched = byType.values().stream().mapToInt(score -> score.matched).sum();
        byType.forEach((type, score) -> {
            if (score.asked > 0) {
                System.out.printf("%-45s %3d of %3d%n", type, score.matched, score.asked);
            }
        });
        Path differences = Path.of("target", "cost-oracle-differences.txt");
        Files.write(
                differences,
                byType.values().stream().flatMap(score -> score.missed.stream()).toList());
        System.out.printf(
                "%d cases, %d fixed components, %d within a cent; differences in %s%n",
                cases, asked, matched, differences);
        assertThat(cases).isGreaterThanOrEqualTo(69);
        assertThat(matched).as("fixed components within a cent").isGreaterThanOrEqualTo(350);
    }

    private static void score(Path directory, Map<String, Score> byType) throws Exception {
        PlanDocument plan = Plans.parse(Files.readAllBytes(directory.resolve("plan.json")));
        Estimate estimate = ESTIMATOR.estimate(plan);
        JsonNode expected = Json.mapper().readTree(Files.readAllBytes(directory.resolve("expected.json")));
        expected.path("resources").properties().forEach(entry -> estimate.resource(entry.getKey())
                .ifPresent(resource -> {
                    Score score = byType.computeIfAbsent(resource.type(), type -> new Score());
                    List<Component> ours = new ArrayList<>(resource.proposed().components());
                    for (JsonNode component : entry.getValue()) {
                        if (isFixed(component)) {
                            match(resource, component, ours, score);
                        }
                    }
                }));
    }

    private static boolean isFixed(JsonNode component) {
        return component.has("qty")
                && !component.path("usage_based").asBoolean()
                && component.path("monthly").asDouble() > 0
                && !component.path("name").asText().contains("reserved")
                && !component.path("name").asText().equals("CPU credits");
    }

    private static void match(ResourceEstimate resource, JsonNode wanted, List<Component> ours, Score score) {
        score.asked++;
        BigDecimal monthly = wanted.path("monthly").decimalValue();
        for (Component component : ours) {
            if (Math.abs(component.monthly().subtract(monthly).doubleValue()) < CENT) {
                ours.remove(component);
                score.matched++;
                return;
            }
        }
        score.missed.add(resource.address() + ": " + wanted.path("name").asText() + " "
                + wanted.path("qty").asText() + " " + wanted.path("unit").asText() + " = " + monthly + "; ours "
                + (AwsPricers.of(resource.type()).isEmpty() ? "unsupported" : lines(resource)));
    }

    private static String lines(ResourceEstimate resource) {
        return resource.proposed().components().stream()
                        .filter(component -> !component.usageBased())
                        .map(component -> component.name() + " " + component.monthly())
                        .toList()
                + " " + resource.problems();
    }
}
