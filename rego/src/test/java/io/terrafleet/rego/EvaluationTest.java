package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void falseIsAValueAndUndefinedIsNot() {
        Policy policy = Policy.of("f := false\nu := input.nothing\nn if not f\nm if not u\nd if f == false");
        assertThat(policy.value("f")).isEqualTo("false");
        assertThat(policy.value("u")).isEqualTo("undefined");
        assertThat(policy.value("n")).isEqualTo("true");
        assertThat(policy.value("m")).isEqualTo("true");
        assertThat(policy.value("d")).isEqualTo("true");
    }

    @Test
    void unificationGoesBothWaysAndIntoStructures() {
        assertThat(Policy.of("p := [x, y] if [x, {\"k\": y}] = [1, {\"k\": 2}]").value("p"))
                .isEqualTo("[1, 2]");
        assertThat(Policy.of("p := x if [x, 1] = [y, y]").value("p")).isEqualTo("1");
        assertThat(Policy.of("p := x if { x = y; y = z; z = 3 }").value("p")).isEqualTo("3");
        assertThat(Policy.of("p if [1, input.x] = input.y").value("p", "{\"x\": 2, \"y\": [1]}"))
                .isEqualTo("undefined");
        assertThat(Policy.of("p := [a, f] if [a, f] = [1, a + 1]").value("p")).isEqualTo("[1, 2]");
    }

    @Test
    void referencesRangeOverWhatIsThere() {
        Policy policy = Policy.of(
                """
                names contains n if n := input.xs[_].name
                places contains i if input.xs[i].name == "b"
                pairs contains [i, j] if { input.xs[i].name == input.ys[j] }
                """);
        String input = "{\"xs\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"ys\": {\"k\": \"b\"}}";
        assertThat(policy.value("names", input)).isEqualTo("{\"a\", \"b\"}");
        assertThat(policy.value("places", input)).isEqualTo("{1}");
        assertThat(policy.value("pairs", input)).isEqualTo("{[1, \"k\"]}");
    }

    @Test
    void comprehensionsSeeOuterVariables() {
        Policy policy = Policy.of(
                """
                groups := {t: ns | some t in {x.t | some x in input}; ns := [x.n | some x in input; x.t == t]}
                """);
        assertThat(policy.value("groups", "[{\"t\":\"a\",\"n\":1},{\"t\":\"b\",\"n\":2},{\"t\":\"a\",\"n\":3}]"))
                .isEqualTo("{\"a\": [1, 3], \"b\": [2]}");
    }

    @Test
    void everyHoldsForAllAndForNone() {
        Policy policy = Policy.of("p if every k, v in input { k < 5; v > 0 }");
        assertThat(policy.value("p", "[1, 2]")).isEqualTo("true");
        assertThat(policy.value("p", "[]")).isEqualTo("true");
        assertThat(policy.value("p", "[1, 0]")).isEqualTo("undefined");
        assertThat(policy.value("p", "7")).isEqualTo("undefined");
    }

    @Test
    void elseAndDefault() {
        Policy policy = Policy.of(
                """
                default size := "none"
                size := "big" if input > 10
                else := "small" if input > 0
                default f(_) := 0
                f(x) := 1 if x == "a"
                g := [f("a"), f("b")]
                """);
        assertThat(policy.value("size", "11")).isEqualTo("\"big\"");
        assertThat(policy.value("size", "1")).isEqualTo("\"small\"");
        assertThat(policy.value("size", "-1")).isEqualTo("\"none\"");
        assertThat(policy.value("g")).isEqualTo("[1, 0]");
    }

    @Test
    void functionsMatchPatterns() {
        Policy policy = Policy.of(
                """
                f("sum", [a, b]) := a + b
                f("first", [a, _]) := a
                f(_, {"only": x}) := x
                p := [f("sum", [1, 2]), f("first", [1, 2]), f("?", {"only": 9})]
                """);
        assertThat(policy.value("p")).isEqualTo("[3, 1, 9]");
    }

    @Test
    void headsMayBeReferences() {
        Policy policy = Policy.of(
                """
                by.type[t] contains n if some [t, n] in [["a", 1], ["b", 2], ["a", 3]]
                by.count := 2
                fruit[k] := v if some k, v in {"apple": 1}
                fruit.pear := 2
                """);
        assertThat(policy.value("by")).isEqualTo("{\"count\": 2, \"type\": {\"a\": {1, 3}, \"b\": {2}}}");
        assertThat(policy.value("fruit")).isEqualTo("{\"apple\": 1, \"pear\": 2}");
        assertThat(policy.value("by.type.a")).isEqualTo("{1, 3}");
    }

    @Test
    void withReplacesInputDataRulesAndFunctions() {
        Policy policy = Policy.of(
                """
                who := input.user.name
                limit := 5
                calls(x) := http.send({"method": "get", "url": x}).status
                a := x if x := who with input.user.name as "ann"
                b := x if x := limit with data.t.limit as 7
                c := x if x := calls("u") with http.send as fake
                fake(r) := {"status": r.url}
                d := [who, x] if x := who with input as {"user": {"name": "bob"}}
                """);
        assertThat(policy.value("a")).isEqualTo("\"ann\"");
        assertThat(policy.value("b")).isEqualTo("7");
        assertThat(policy.value("c")).isEqualTo("\"u\"");
        assertThat(policy.value("d", "{\"user\": {\"name\": \"eve\"}}")).isEqualTo("[\"eve\", \"bob\"]");
    }

    @Test
    void conflictsFail() {
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> Policy.of("p := x if some x in [1, 2]").value("p"))
                .withMessageContaining("eval_conflict_error")
                .withMessageContaining("t.rego:2:1");
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(
                        () -> Policy.of("p := {\"a\": x | some x in [1, 2]}").value("p"))
                .withMessageContaining("object keys must be unique");
    }

    @Test
    void aFailingBuiltinIsUndefinedUnlessStrict() {
        Policy policy = Policy.of("p := 1 / 0\nq if not p");
        assertThat(policy.value("q")).isEqualTo("true");
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> policy.value("p", null, Settings.DEFAULT.withStrictBuiltinErrors(true)))
                .withMessageContaining("t.rego:2:8")
                .withMessageContaining("div: divide by zero");
    }

    @Test
    void evaluationIsBounded() {
        Policy loop = Policy.of(
                "p := count([1 | some x in numbers.range(1, 1000); some y in numbers.range(1, 1000); x != y])");
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> loop.value(
                        "p", null, Settings.DEFAULT.withLimits(new Limits(10_000, 100, Duration.ofSeconds(10)))))
                .satisfies(e -> assertThat(e.code()).isEqualTo("eval_limit_error"));
        Policy regex = Policy.of(
                "p if regex.match(`(.*)(.*)(.*)(.*)(.*)(.*)!x`, concat(\"\", [\"a\" | some _ in numbers.range(1, 300)]))");
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> regex.value(
                        "p", null, Settings.DEFAULT.withLimits(new Limits(1_000_000, 100, Duration.ofSeconds(10)))))
                .satisfies(e -> assertThat(e.code()).isEqualTo("eval_limit_error"));
    }

    @Test
    void nestedRulesAreBounded() {
        StringBuilder chain = new StringBuilder("p0 := 1\n");
        for (int i = 1; i < 300; i++) {
            chain.append("p").append(i).append(" := p").append(i - 1).append("\n");
        }
        Policy policy = Policy.of(chain.toString());
        assertThat(policy.value("p299")).isEqualTo("1");
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> policy.value(
                        "p299", null, Settings.DEFAULT.withLimits(new Limits(10_000, 100, Duration.ofSeconds(10)))))
                .withMessageContaining("more than 100 nested rules");
    }

    @Test
    void anInterruptedThreadStops() {
        Policy loop = Policy.of(
                "p := count([1 | some x in numbers.range(1, 1000); some y in numbers.range(1, 1000); x != y])");
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> loop.value("p"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("eval_cancel_error"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void printGoesToTheListener() {
        List<String> lines = new ArrayList<>();
        Policy policy = Policy.of("p if { print(\"x is\", 1, input.nothing); true }");
        policy.value("p", null, Settings.DEFAULT.withPrinted(lines::add));
        assertThat(lines).containsExactly("x is 1 <undefined>");
    }

    @Test
    void queriesBindVariables() {
        Policy policy = Policy.of("s contains x if some x in [1, 2]");
        assertThat(policy.bindings("data.t.s[x]; y = x * 2").toString()).isEqualTo("[{x=1, y=2}, {x=2, y=4}]");
    }

    @Test
    void testRulesAreRun() {
        RegoModule module = RegoModule.parse(
                "t.rego",
                """
                package t
                test_good if 1 == 1
                test_bad if { print("hm"); 1 == 2 }
                test_broken := x if some x in [1, 2]
                todo_test_later if false
                """);
        assertThat(RegoTests.run(List.of(module)))
                .extracting(RegoTests.Result::rule, RegoTests.Result::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("data.t.test_bad", RegoTests.Outcome.FAILED),
                        org.assertj.core.groups.Tuple.tuple("data.t.test_broken", RegoTests.Outcome.BROKEN),
                        org.assertj.core.groups.Tuple.tuple("data.t.test_good", RegoTests.Outcome.PASSED),
                        org.assertj.core.groups.Tuple.tuple("data.t.todo_test_later", RegoTests.Outcome.SKIPPED));
    }
}
