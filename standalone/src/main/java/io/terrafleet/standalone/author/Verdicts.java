package io.terrafleet.standalone.author;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.policy.library.Library;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what policies say of a plan, and tells it. */
final class Verdicts {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Subject subject;
    private final boolean wholeState;
    private final List<Row> rows = new ArrayList<>();
    private boolean errored;

    /**
     * @param address empty when the policy names none
     * @param verdict {@code fail}, {@code undecided}, {@code pass} or {@code error}
     * @param level {@code advisory} or {@code mandatory}; advisory verdicts do not count
     */
    record Row(String rule, String address, String verdict, String message, String level) {}

    Verdicts(Subject subject, boolean wholeState) {
        this.subject = subject;
        this.wholeState = wholeState;
    }

    void add(SetOutcome set) {
        for (Outcome outcome : set.outcomes()) {
            String level = outcome.enforcement() == Enforcement.ADVISORY ? "advisory" : "mandatory";
            boolean broken = outcome.status().equals("errored");
            errored |= broken;
            for (Violation violation : outcome.violations()) {
                String verdict = broken ? "error" : violation.verdict();
                rows.add(
                        new Row(outcome.policy(), violation.address().orElse(""), verdict, violation.message(), level));
            }
            if (outcome.violations().isEmpty() && !Library.isRule(outcome.policy())) {
                rows.add(new Row(outcome.policy(), "", "pass", "", level));
            }
        }
    }

    /** The same, and the resources that each rule has judged and found nothing at. */
    void addLibrary(SetOutcome set, CompiledPolicies library) {
        add(set);
        for (Outcome outcome : set.outcomes()) {
            Set<String> told = new HashSet<>();
            outcome.violations()
                    .forEach(violation -> told.add(violation.address().orElse("")));
            Value types = library.query(Library.covers(outcome.policy()))
                    .evaluate(subject.input(), ObjectValue.EMPTY, Limits.DEFAULT)
                    .orElse(SetValue.EMPTY);
            for (Value type : types instanceof SetValue covered ? covered.list() : List.<Value>of()) {
                String name = type instanceof StringValue text ? text.value() : "";
                for (Value resource : ((ArrayValue) byType(subject, name)).list()) {
                    boolean judged = wholeState || BoolValue.TRUE.equals(resource.get(Value.of("changed")));
                    if (judged
                            && resource.get(Value.of("address")) instanceof StringValue address
                            && told.add(address.value())) {
                        rows.add(new Row(outcome.policy(), address.value(), "pass", "", "mandatory"));
                    }
                }
            }
        }
    }

    long count(String verdict) {
        return rows.stream().filter(row -> row.verdict.equals(verdict)).count();
    }

    private boolean any(String verdict) {
        return rows.stream().anyMatch(row -> row.verdict.equals(verdict) && row.level.equals("mandatory"));
    }

    int exitCode() {
        if (errored) {
            return ExitCode.UNUSABLE;
        }
        if (any("fail")) {
            return ExitCode.FAILED;
        }
        return any("undecided") ? ExitCode.UNDECIDED : ExitCode.PASSED;
    }

    /** Rules that would stop the run, with how often they fail. */
    Map<String, Long> blocking() {
        Map<String, Long> failures = new TreeMap<>();
        rows.stream()
                .filter(row -> row.level.equals("mandatory")
                        && !row.verdict.equals("pass")
                        && !row.verdict.equals("undecided"))
                .forEach(row -> failures.merge(row.rule, 1L, Long::sum));
        return failures;
    }

    void tell(Output output, boolean json) {
        if (json) {
            try {
                output.line(JSON.writeValueAsString(rows));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            return;
        }
        Map<String, List<Row>> byRule = new TreeMap<>();
        rows.stream().filter(row -> !row.verdict.equals("pass")).forEach(row -> byRule.computeIfAbsent(
                        row.rule, rule -> new ArrayList<>())
                .add(row));
        byRule.forEach((rule, told) -> {
            output.line(rule);
            for (Row row : told) {
                String level = row.level.equals("advisory") ? " (advisory)" : "";
                output.line(String.format(
                        Locale.ROOT,
                        "  %-9s %s%s",
                        row.verdict,
                        row.address.isEmpty() ? "the plan" : row.address,
                        level));
                output.line(String.format(Locale.ROOT, "            %s", row.message));
            }
        });
        output.line(String.format(
                Locale.ROOT,
                "%d failed, %d undecided, %d passed%s",
                count("fail"),
                count("undecided"),
                count("pass"),
                errored ? ", " + count("error") + " could not be judged" : ""));
    }

    /** The resources of a plan, by type. */
    private static Value byType(Subject subject, String type) {
        Value types = subject.index().get(Value.of("by_type"));
        Value list = types == null ? null : types.get(Value.of(type));
        return list == null ? ArrayValue.EMPTY : list;
    }
}
