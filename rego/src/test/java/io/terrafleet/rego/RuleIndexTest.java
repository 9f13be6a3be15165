package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rules are run: only those whose conditions on arguments, input and base document can hold. */
class RuleIndexTest {
    private static final String KINDS = clauses(200, "p contains %1$d if input.kind == \"k%1$d\"");

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of(KINDS, "{\"kind\": \"k7\"}", "data.t.p", "[7]", 1),
                Arguments.of(KINDS, "{\"kind\": \"other\"}", "data.t.p", "[]", 0),
                Arguments.of(KINDS, "{}", "data.t.p", "[]", 0),
                Arguments.of(KINDS, "[1]", "data.t.p", "[]", 0),
                Arguments.of(
                        KINDS + "p contains \"always\"\np contains \"big\" if input.size > 3\n",
                        "{\"kind\": \"k7\", \"size\": 4}",
                        "data.t.p",
                        "[7,\"always\",\"big\"]",
                        3),
                Arguments.of(
                        clauses(100, "p contains %1$d if { x := input.a.b; x == %1$d; input.c = \"c\" }"),
                        "{\"a\": {\"b\": 7.0}, \"c\": \"c\"}",
                        "data.t.p",
                        "[7]",
                        1),
                Arguments.of(
                        clauses(100, "p contains %1$d if input.a in {%1$d, \"both\"}"),
                        "{\"a\": 9}",
                        "data.t.p",
                        "[9]",
                        1),
                Arguments.of(
                        clauses(100, "p contains %1$d if { \"x\" == input.m; input.a == %1$d }"),
                        "{\"a\": 9, \"m\": \"x\"}",
                        "data.t.p",
                        "[9]",
                        1),
                Arguments.of(
                        clauses(100, "p contains id if [\"s%1$d\", id] = input.path"),
                        "{\"path\": [\"s4\", \"ada\"]}",
                        "data.t.p",
                        "[\"ada\"]",
                        1),
                Arguments.of(
                        clauses(100, "p[x] := %1$d if { x := \"n%1$d\"; input.kind == \"k%1$d\" }"),
                        "{\"kind\": \"k3\"}",
                        "data.t.p",
                        "{\"n3\":3}",
                        1),
                Arguments.of(
                        clauses(100, "p := %1$d if input.kind == \"k%1$d\"") + "default p := \"none\"\n",
                        "{\"kind\": \"z\"}",
                        "data.t.p",
                        "\"none\"",
                        1),
                Arguments.of(
                        clauses(100, "f(x) := %1$d if x.kind == \"k%1$d\"") + "p := f(input)\n",
                        "{\"kind\": \"k3\"}",
                        "data.t.p",
                        "3",
                        2),
                Arguments.of(
                        clauses(100, "f(x, \"b\") := %1$d if x == %1$d") + "p := f(input.n, \"b\")\n",
                        "{\"n\": 5}",
                        "data.t.p",
                        "5",
                        2),
                Arguments.of(
                        clauses(50, "p := %1$d if input.n == %1$d else := \"e\" if input.n == -%1$d"),
                        "{\"n\": -5}",
                        "data.t.p",
                        "\"e\"",
                        2),
                Arguments.of(
                        clauses(50, "p := %1$d if input.n == %1$d else := \"e\" if input.m"),
                        "{\"n\": 0, \"m\": false}",
                        "data.t.p",
                        "0",
                        99),
                Arguments.of(
                        clauses(100, "q contains %1$d if input.kind == \"k%1$d\"")
                                + "p := x if x := q with input.kind as \"k8\"\n",
                        "{\"kind\": \"k3\"}",
                        "data.t.p",
                        "[8]",
                        2),
                Arguments.of(
                        clauses(100, "p contains %1$d if data.base.kind == \"k%1$d\""), "{}", "data.t.p", "[6]", 1));
    }

    private static String clauses(int count, String rule) {
        return IntStream.range(0, count).mapToObj(i -> rule.formatted(i) + "\n").collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void onlyRulesThatCanHoldAreRun(String rules, String input, String query, String answer, int run) {
        List<RegoModule> modules = List.of(RegoModule.parse("t.rego", "package t\n\n" + rules));
        Value data = Value.fromJson("{\"base\": {\"kind\": \"k6\"}}");
        int[] entered = {0};
        Observer counting = (event, rule, at) -> entered[0] += event == Observer.Event.ENTER ? 1 : 0;
        Settings settings = Settings.DEFAULT.withObserver(counting);

        Optional<Value> indexed = RegoCompiler.compileWatchedAndIndexed(modules)
                .query(query)
                .evaluate(Value.fromJson(input), data, settings);

        assertThat(indexed.map(Value::toJson)).contains(answer);
        assertThat(entered[0]).isEqualTo(run);
        assertThat(RegoCompiler.compileWatched(modules)
                        .query(query)
                        .evaluate(Value.fromJson(input), data, Settings.DEFAULT))
                .isEqualTo(indexed);
    }
}
