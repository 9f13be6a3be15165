package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompilerTest {
    @Test
    void unsafeVariablesAreRefusedWhereTheyAreUsed() {
        RegoException refused = Policy.refused("p if {\n  x > 1\n}");
        assertThat(refused.code()).isEqualTo("rego_unsafe_var_error");
        assertThat(refused.errors().getFirst().message()).isEqualTo("var x is unsafe");
        assertThat(refused.errors().getFirst().at()).isEqualTo(new Position("t.rego", 3, 3));
    }

    @Test
    void aVariableOnlyInANegationIsUnsafe() {
        assertThat(Policy.refused("p if not input.xs[i] == 1").code()).isEqualTo("rego_unsafe_var_error");
        assertThat(Policy.refused("p contains x if not input.xs[x]").code()).isEqualTo("rego_unsafe_var_error");
    }

    @Test
    void aVariableOnlyInAComprehensionDoesNotBindOutside() {
        assertThat(Policy.refused("p := x if ys := [x | x := 1]").code()).isEqualTo("rego_unsafe_var_error");
    }

    @Test
    void literalsAreReorderedForSafety() {
        assertThat(Policy.of("p := y if {\n  y := x + 1\n  x > 1\n  x = input.x\n}")
                        .value("p", "{\"x\": 2}"))
                .isEqualTo("3");
        assertThat(Policy.of("p := y if {\n  not bad(x)\n  y = x\n  x = 5\n}\nbad(x) if x < 3")
                        .value("p"))
                .isEqualTo("5");
    }

    @Test
    void recursionIsRefused() {
        RegoException refused = Policy.refused("p if q\nq if r\nr if p");
        assertThat(refused.code()).isEqualTo("rego_recursion_error");
        assertThat(refused.getMessage()).contains("data.t.p -> data.t.q -> data.t.r -> data.t.p");
        assertThat(Policy.refused("f(x) := f(x)").code()).isEqualTo("rego_recursion_error");
        assertThat(Policy.refused("p if data.t.p").code()).isEqualTo("rego_recursion_error");
    }

    @Test
    void unknownFunctionsAndWrongArityAreRefused() {
        assertThat(Policy.refused("p if nope(1)").getMessage())
                .contains("t.rego:2:6")
                .contains("undefined function nope");
        assertThat(Policy.refused("p if strings.nope(1)").getMessage()).contains("undefined function strings.nope");
        assertThat(Policy.refused("p := count(1, 2, 3)").getMessage()).contains("takes 1 arguments, not 3");
        assertThat(Policy.refused("f(x) := x\np := f(1, 2, 3)").getMessage()).contains("takes 1 arguments");
    }

    @Test
    void conflictingRulesAreRefused() {
        assertThat(Policy.refused("p := 1\np contains 2").getMessage()).contains("conflicting rules data.t.p");
        assertThat(Policy.refused("f(x) := 1\nf(x, y) := 1").getMessage()).contains("conflicting rules");
        assertThat(Policy.refused("default p := 1\ndefault p := 2").getMessage())
                .contains("multiple default rules");
        assertThat(Policy.refused("p := 1\np.q := 2").getMessage()).contains("conflicts with rules or packages below");
    }

    @Test
    void aNameIsDeclaredOnce() {
        assertThat(Policy.refused("p if {\n  x := 1\n  x := 2\n}").getMessage()).contains("var x declared above");
        assertThat(Policy.refused("p if {\n  y := x\n  x := 2\n}").getMessage()).contains("var x referenced above");
    }

    @Test
    void severalErrorsAreReportedAtOnce() {
        assertThat(Policy.refused("p if x > 1\nq if nope(1)").errors()).hasSize(2);
    }

    @Test
    void importsNameOtherPackages() {
        RegoModule library =
                RegoModule.parse("lib.rego", "package lib.net\ninside(x) if startswith(x, \"10.\")\nmax_age := 3");
        RegoModule policy = RegoModule.parse(
                "p.rego",
                """
                package p
                import rego.v1
                import data.lib.net
                import data.lib.net.max_age as age
                import input.who
                ok if { net.inside("10.1"); age == 3; who == "me" }
                """);
        assertThat(RegoCompiler.compile(List.of(policy, library))
                        .query("data.p.ok")
                        .evaluate(
                                io.terrafleet.rego.value.Value.fromJson("{\"who\": \"me\"}"),
                                io.terrafleet.rego.value.ObjectValue.EMPTY,
                                io.terrafleet.rego.evaluation.Limits.DEFAULT))
                .isPresent();
    }
}
