package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The older version of the language, what the newer one no longer has, and what is refused before anything runs. */
class LanguageTest {
    private static String old(String rules) {
        RegoModule module = RegoModule.parse("t.rego", "package t\n" + rules, Language.V0);
        return RegoCompiler.compile(List.of(module))
                .query("data.t")
                .evaluate(Value.fromJson("{\"x\": 1}"), ObjectValue.EMPTY, Settings.DEFAULT)
                .map(Value::toString)
                .orElse("undefined");
    }

    @Test
    void versionZeroNeedsNoIfAndNoContains() {
        assertThat(old("p { input.x == 1 }\nq[x] { x := [1, 2][_] }\nr[x] = y { y := [1, 2][x] }"))
                .isEqualTo("{\"p\": true, \"q\": {1, 2}, \"r\": {0: 1, 1: 2}}");
        assertThat(old("s = 3 { false } else = 4 { true }\nm[x] { x := 1 } { x := 2 }"))
                .isEqualTo("{\"m\": {1, 2}, \"s\": 4}");
    }

    @Test
    void versionZeroKnowsNewKeywordsOnlyWhenTheyAreImported() {
        assertThat(old("in := 1\nif = 2")).isEqualTo("{\"if\": 2, \"in\": 1}");
        assertThat(old("import future.keywords\np contains x if { some x in [1] }"))
                .isEqualTo("{\"p\": {1}}");
    }

    @Test
    void versionZeroStillHasTheOldFunctions() {
        assertThat(old("p = any([true])")).isEqualTo("{\"p\": true}");
        assertThat(Policy.refused("p := any([true])").code()).isEqualTo("rego_type_error");
    }

    @Test
    void refusesNamesThatHideDocumentsOrImports() {
        assertThat(Policy.refused("data := 1").code()).isEqualTo("rego_compile_error");
        assertThat(Policy.refused("p if { input := 1 }").code()).isEqualTo("rego_compile_error");
        assertThat(Policy.refused("import data.foo\nimport data.bar as foo\np := 1"))
                .hasMessageContaining("foo");
    }

    @Test
    void aDefaultIsConstant() {
        assertThat(Policy.refused("default p := input.y").code()).isEqualTo("rego_parse_error");
    }

    @Test
    void findsOperandsThatCanNeverFit() {
        assertThat(Policy.refused("p := 1 + \"a\"").code()).isEqualTo("rego_type_error");
        assertThat(Policy.refused("p if {\n\tx := \"a\"\n\ty := x * 2\n}"))
                .hasMessageContaining("mul: invalid argument");
        assertThat(Policy.refused("p := lower({\"a\"})"))
                .hasMessageContaining("operand 1 is set of string, not string");
        assertThat(Policy.expression("{1, 2} - {2}")).isEqualTo("{1}");
    }

    @Test
    void boundsWhatIsBuilt() {
        Settings small = Settings.DEFAULT.withLimits(Settings.DEFAULT.limits().withMemory(1 << 20));
        RegoException stopped = org.junit.jupiter.api.Assertions.assertThrows(
                RegoException.class, () -> Policy.of("p := count([x | some x in numbers.range(1, 1000000)])")
                        .value("p", null, small));
        assertThat(stopped.code()).isEqualTo("eval_limit_error");
    }

    @Test
    void reachesOutsideOnlyWhenAllowedByName() {
        Policy policy = Policy.of("p := net.lookup_ip_addr(\"localhost\")");
        RegoException refused =
                org.junit.jupiter.api.Assertions.assertThrows(RegoException.class, () -> policy.value("p"));
        assertThat(refused).hasMessageContaining("allowed by name");
        assertThat(policy.value("p", null, Settings.DEFAULT.withAllowed(Set.of("net.lookup_ip_addr"))))
                .contains("127.0.0.1");
    }

    @Test
    void tellsWhichLinesWereCovered() {
        RegoModule module = RegoModule.parse("t.rego", "package t\n\np if {\n\tinput.x\n}\n\nq if {\n\tinput.y\n}\n");
        CompiledPolicies watched = RegoCompiler.compileWatched(List.of(module));
        Coverage coverage = new Coverage();

        watched.query("data.t.p")
                .evaluate(Value.fromJson("{\"x\": 1}"), ObjectValue.EMPTY, Settings.DEFAULT.withObserver(coverage));

        Coverage.File file = coverage.of(watched.places()).get("t.rego");
        assertThat(file).isNotNull();
        assertThat(file.covered()).containsExactly(3, 4);
        assertThat(file.missed()).containsExactly(7, 8);
    }

    /** Without an index every call would look at every clause: 3,000 × 3,000 of them. */
    @Test
    void clausesAreFoundByTheirConstants() {
        StringBuilder rules = new StringBuilder("f(1.0, y) := \"one\" if y == 1\n");
        rules.append("f(x, \"any\") := \"wild\" if x > 0\n");
        for (int i = 2; i < 3_000; i++) {
            rules.append("f(").append(i).append(", y) := \"v").append(i).append("\" if y == 1\n");
        }
        rules.append("all := count({v | some i in numbers.range(0, 2999); v := f(i, 1)})\n");
        rules.append("wild := f(2999, \"any\")\none := f(1, 1)\nnone := f(3000, 1)\n");
        Policy policy = Policy.of(rules.toString());
        Settings few = Settings.DEFAULT.withLimits(new Limits(500_000, 100, Duration.ofSeconds(10)));

        assertThat(policy.value("all", null, few)).isEqualTo("2999");
        assertThat(policy.value("wild")).isEqualTo("\"wild\"");
        assertThat(policy.value("one")).isEqualTo("\"one\"");
        assertThat(policy.value("none")).isEqualTo("undefined");
    }
}
