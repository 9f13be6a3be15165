package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.usage.UsageUnreadable;
import io.terrafleet.cost.resource.Component;
import io.terrafleet.cost.resource.UsageFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Another estimator's cases, component by component: each that it lists is looked for in ours with the same amount to the cent, or
 * the same price where it has no quantity. Whatever is not found is named with the reason.
 */
final class OracleReport {
    private static final BigDecimal CENT = new BigDecimal("0.0101");
    private static final Pattern PRICE = Pattern.compile("price \\$?([0-9.]+)|\\$?([0-9.]+)( 元)? per .*");

    /** Why a component is not found. */
    enum Reason {
        MISSING_PRICE,
        DELIBERATE,
        DIFFERENT
    }

    /** @param said what the other estimator says; ours follows */
    record Difference(String testCase, String address, String said, Reason reason, String why) {
        String line() {
            return testCase + " | " + address + " | " + said + " | " + reason + " | " + why;
        }
    }

    /** What we say otherwise on purpose. */
    private record Deliberate(Pattern address, Pattern component, Reason reason, String why) {
        static Deliberate of(String address, String component, Reason reason, String why) {
            return new Deliberate(Pattern.compile(address), Pattern.compile(component), reason, why);
        }
    }

    private static final List<Deliberate> DELIBERATE = List.of(
            Deliberate.of(
                    ".*",
                    "EBS-optimized usage.*= 0\\.0",
                    Reason.DELIBERATE,
                    "part of the instance's price; lines of nothing are not shown"),
            Deliberate.of(
                    "aws_opensearch_domain\\..*",
                    "Storage.*",
                    Reason.DELIBERATE,
                    "every data node has a volume of its own (AWS's documentation of EBSOptions); the case counts one"),
            Deliberate.of(
                    "aws_eks_node_group\\.example_with_launch_template_with_prefix",
                    "Storage.*",
                    Reason.DELIBERATE,
                    "the template is named through a local, whose value no plan tells; the assumption is stated"),
            Deliberate.of(
                    "aws_rds_cluster\\.mysql_backtrack_withoutU",
                    "Backtrack.*",
                    Reason.DELIBERATE,
                    "the case's plan has no backtrack_window, so nothing is recorded to go back to"));

    /** Lines that a case lists under an address though they are those of another, which it leaves out: both print one after the other. */
    private static final Map<String, String> RUN_ON = Map.of(
            "aws_instance.with_host", "aws_instance.instance_withMonthlyHours",
            "aws_instance.instance_withLaunchTemplateByName", "aws_instance.instance_ebsOptimized_withMonthlyHours",
            "aws_instance.std_1yr_no_upfront", "aws_instance.instance_detailedMonitoring_withMonthlyHours");

    private final Estimator estimator;
    private final Map<String, int[]> byType = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private int cases;
    private int components;
    private int matched;
    private int runOn;

    OracleReport(Estimator estimator) {
        this.estimator = estimator;
    }

    OracleReport read(Path oracle) throws IOException {
        try (Stream<Path> directories = Files.list(oracle)) {
            for (Path directory : directories.sorted().toList()) {
                score(directory);
            }
        }
        return this;
    }

    int cases() {
        return cases;
    }

    int components() {
        return components;
    }

    int matched() {
        return matched;
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    long count(Reason reason) {
        return differences.stream().filter(each -> each.reason() == reason).count();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(cases + " cases, " + components + " components, " + matched + " within a cent (" + runOn
                + " of them listed under the address before theirs), " + differences.size() + " differ");
        for (Reason reason : Reason.values()) {
            lines.add("  " + reason + ": " + count(reason));
        }
        byType.forEach((type, score) -> lines.add("  " + type + ": " + score[0] + " of " + score[1]));
        differences.forEach(difference -> lines.add(difference.line()));
        return lines;
    }

    private void score(Path directory) throws IOException {
        cases++;
        Estimate estimate =
                estimator.estimate(Plans.parse(Files.readAllBytes(directory.resolve("plan.json"))), usage(directory));
        JsonNode expected = Json.mapper().readTree(Files.readAllBytes(directory.resolve("expected.json")));
        for (Map.Entry<String, JsonNode> entry : expected.path("resources").properties()) {
            Optional<ResourceEstimate> resource = estimate.resource(entry.getKey());
            List<Component> ours = components(estimate, entry.getKey());
            List<JsonNode> open = new ArrayList<>();
            for (JsonNode component : entry.getValue()) {
                components++;
                if (!take(component, ours, true)) {
                    open.add(component);
                }
            }
            open.removeIf(component -> take(component, ours, false));
            int before = open.size();
            List<Component> next = components(estimate, RUN_ON.getOrDefault(entry.getKey(), ""));
            open.removeIf(component -> take(component, next, true));
            runOn += before - open.size();
            matched += entry.getValue().size() - open.size();
            String type = resource.map(ResourceEstimate::type).orElse("not in the plan");
            int[] score = byType.computeIfAbsent(type, key -> new int[2]);
            score[0] += entry.getValue().size() - open.size();
            score[1] += entry.getValue().size();
            open.forEach(component -> differences.add(
                    difference(directory.getFileName().toString(), entry.getKey(), component, resource, ours)));
        }
    }

    private static List<Component> components(Estimate estimate, String address) {
        return new ArrayList<>(estimate.resource(address)
                .map(found -> found.proposed().components())
                .orElse(List.of()));
    }

    private static UsageFile usage(Path directory) throws IOException {
        Path file = directory.resolve("usage.yml");
        try {
            return Files.exists(file) ? UsageFile.parse(Files.readString(file)) : UsageFile.NONE;
        } catch (UsageUnreadable e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Takes the component of ours that is the wanted one: by name as well at first, then by amount alone. */
    private static boolean take(JsonNode wanted, List<Component> ours, boolean byName) {
        Predicate<Component> same = wanted.has("qty") ? amount(wanted) : price(wanted);
        Optional<Component> found = ours.stream()
                .filter(same)
                .filter(component -> !byName
                        || component.name().equalsIgnoreCase(wanted.path("name").asText()))
                .findFirst();
        found.ifPresent(ours::remove);
        return found.isPresent();
    }

    private static Predicate<Component> amount(JsonNode wanted) {
        BigDecimal monthly = wanted.path("monthly").decimalValue();
        return component -> component.monthly().subtract(monthly).abs().compareTo(CENT) < 0
                && (monthly.signum() > 0
                        || component.name().equalsIgnoreCase(wanted.path("name").asText()));
    }

    private static Predicate<Component> price(JsonNode wanted) {
        Matcher matcher = PRICE.matcher(wanted.path("price").asText());
        if (!matcher.find()) {
            return component -> false;
        }
        BigDecimal shown = new BigDecimal(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        return component -> component.monthlyQuantity().signum() == 0
                && component
                                .price()
                                .setScale(shown.scale(), RoundingMode.HALF_UP)
                                .compareTo(shown)
                        == 0;
    }

    private static Difference difference(
            String testCase,
            String address,
            JsonNode wanted,
            Optional<ResourceEstimate> resource,
            List<Component> ours) {
        String said = wanted.path("name").asText()
                + (wanted.has("qty")
                        ? ": " + wanted.path("qty").asText() + " "
                                + wanted.path("unit").asText() + " = "
                                + wanted.path("monthly").asText()
                        : ": " + wanted.path("price").asText());
        for (Deliberate deliberate : DELIBERATE) {
            if (deliberate.address().matcher(address).matches()
                    && deliberate.component().matcher(said).matches()) {
                return new Difference(testCase, address, said, deliberate.reason(), deliberate.why());
            }
        }
        List<String> problems = resource.map(ResourceEstimate::problems).orElse(List.of("it is not in the plan"));
        String left = ours.stream()
                .map(component -> component.name() + " "
                        + component.monthlyQuantity().stripTrailingZeros().toPlainString() + " x "
                        + component.price().stripTrailingZeros().toPlainString())
                .toList()
                .toString();
        return problems.isEmpty()
                ? new Difference(testCase, address, said, Reason.DIFFERENT, "ours: " + left)
                : new Difference(testCase, address, said, Reason.MISSING_PRICE, problems + ", ours: " + left);
    }
}
