package io.terrafleet.rego;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One case of OPA's own suite. */
record ConformanceCase(JsonNode spec) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Settings SETTINGS = Settings.DEFAULT
            .withNow(Instant.parse("2026-01-01T00:00:00Z"))
            .withLimits(new Limits(20_000_000L, 1_000, Duration.ofSeconds(10)));

    String note() {
        return spec.path("note").asText();
    }

    String group() {
        return spec.path("group").asText();
    }

    /** Null when the case passes, otherwise what went wrong. */
    @Nullable
    String failure() {
        boolean wantsError = spec.hasNonNull("want_error_code") || spec.hasNonNull("want_error");
        try {
            List<Map<String, Value>> solutions = evaluate();
            return wantsError
                    ? "no error; expected " + spec.path("want_error_code").asText()
                    : compare(solutions);
        } catch (RegoException e) {
            return wantsError ? compareError(e) : "error: " + e.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return "crash: " + e;
        }
    }

    private List<Map<String, Value>> evaluate() {
        List<RegoModule> modules = new ArrayList<>();
        for (JsonNode module : spec.path("modules")) {
            modules.add(RegoModule.parse("module-" + modules.size() + ".rego", module.asText()));
        }
        CompiledPolicies policies = RegoCompiler.compile(modules);
        Value data = spec.hasNonNull("data") ? Value.fromJson(spec.get("data")) : ObjectValue.EMPTY;
        Value input = spec.has("input") ? Value.fromJson(spec.get("input")) : null;
        if (spec.has("input_term")) {
            input = RegoCompiler.compile(List.of())
                    .query(spec.get("input_term").asText())
                    .evaluate(null, ObjectValue.EMPTY, SETTINGS)
                    .orElseThrow();
        }
        boolean strict = spec.path("strict_error").asBoolean();
        return policies.query(spec.path("query").asText())
                .bindings(input, data, SETTINGS.withStrictBuiltinErrors(strict));
    }

    private @Nullable String compareError(RegoException e) {
        String code = spec.path("want_error_code").asText();
        return code.isEmpty() || code.equals(e.code()) ? null : "expected " + code + ", got " + e.getMessage();
    }

    private @Nullable String compare(List<Map<String, Value>> solutions) {
        boolean sort = spec.path("sort_bindings").asBoolean();
        List<Value> got = new ArrayList<>();
        for (Map<String, Value> solution : solutions) {
            Map<Value, Value> object = new HashMap<>();
            solution.forEach((name, value) -> object.put(Value.of(name), plain(value, sort)));
            got.add(ObjectValue.of(object));
        }
        List<Value> want = new ArrayList<>();
        if (spec.get("want_result") instanceof ArrayNode results) {
            results.forEach(result -> want.add(plain(Value.fromJson(result), sort)));
        }
        return SetValue.of(got).equals(SetValue.of(want)) ? null : "want " + want + "\n      got  " + got;
    }

    /** As JSON would have it: sets as sorted arrays, keys as strings, numbers as doubles; arrays sorted when told so. */
    private static Value plain(Value value, boolean sort) {
        return switch (value) {
            case SetValue s ->
                ArrayValue.of(
                        s.list().stream().map(v -> plain(v, sort)).sorted().toList());
            case ArrayValue a -> {
                List<Value> items = new ArrayList<>(
                        a.list().stream().map(v -> plain(v, sort)).toList());
                if (sort) {
                    items.sort(null);
                }
                yield ArrayValue.of(items);
            }
            case ObjectValue o -> {
                Map<Value, Value> entries = new HashMap<>();
                for (int i = 0; i < o.size(); i++) {
                    String key = o.keyAt(i).typeName().equals("string")
                            ? ""
                            : o.keyAt(i).toJson();
                    entries.put(key.isEmpty() ? o.keyAt(i) : Value.of(key), plain(o.valueAt(i), sort));
                }
                yield ObjectValue.of(entries);
            }
            case NumberValue n -> n.isLong() ? n : NumberValue.of(n.doubleValue());
            default -> value;
        };
    }

    static List<ConformanceCase> read(java.nio.file.Path file) throws java.io.IOException {
        List<ConformanceCase> cases = new ArrayList<>();
        JSON.readTree(file.toFile()).forEach(node -> cases.add(new ConformanceCase(node)));
        return cases;
    }
}
