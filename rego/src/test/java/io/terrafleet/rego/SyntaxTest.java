package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoError;
import io.terrafleet.rego.problem.RegoException;
import org.junit.jupiter.api.Test;

class SyntaxTest {
    private static RegoError parseError(String source) {
        try {
            RegoModule.parse("p.rego", source);
        } catch (RegoException e) {
            assertThat(e.code()).isEqualTo("rego_parse_error");
            return e.errors().getFirst();
        }
        throw new AssertionError("accepted: " + source);
    }

    @Test
    void anErrorSaysWhere() {
        RegoError error = parseError("package a\n\np if {\n  x := [1, 2\n}\n");
        assertThat(error.at()).isEqualTo(new Position("p.rego", 5, 1));
        assertThat(error.message()).contains("unexpected \"}\"");
    }

    @Test
    void theOldSyntaxIsRefusedWithTheNewKeyword() {
        assertThat(parseError("package a\nallow { true }").message()).contains("`if` keyword is required");
        assertThat(parseError("package a\ndeny[msg] { msg := 1 }").message()).contains("`contains`");
    }

    @Test
    void unfinishedStringsAndUnknownCharactersAreRefused() {
        assertThat(parseError("package a\np := \"x").message()).isEqualTo("non-terminated string");
        assertThat(parseError("package a\np := 1 ? 2").message()).contains("illegal token \"?\"");
        assertThat(parseError("package a\np := \"\\q\"").message()).contains("illegal string escape");
        assertThat(parseError("import data.x\n").message()).contains("a module starts with \"package\"");
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertThat(parseError("package a\np := " + deep).message()).contains("nesting deeper");
    }

    @Test
    void operatorsBindAsInRego() {
        assertThat(Policy.expression("1 + 2 * 3 - 4 / 2")).isEqualTo("5");
        assertThat(Policy.expression("{1, 2} | {3} & {4, 3}")).isEqualTo("{1, 2, 3}");
        assertThat(Policy.expression("(1 + 2) * 3 == 9")).isEqualTo("true");
        assertThat(Policy.expression("7 % 4")).isEqualTo("3");
        assertThat(Policy.expression("-3 + 1")).isEqualTo("-2");
        assertThat(Policy.expression("2 in [1, 2]")).isEqualTo("true");
    }

    @Test
    void bracesMayBeSetsObjectsOrComprehensions() {
        assertThat(Policy.expression("{}")).isEqualTo("{}");
        assertThat(Policy.expression("set()")).isEqualTo("set()");
        assertThat(Policy.expression("{1 | true}")).isEqualTo("{1}");
        assertThat(Policy.expression("{\"a\": 1 | true}")).isEqualTo("{\"a\": 1}");
        assertThat(Policy.expression("{\"a\": {1} | {2}, \"b\": 3}")).isEqualTo("{\"a\": {1, 2}, \"b\": 3}");
    }

    @Test
    void stringsRawStringsAndTemplates() {
        assertThat(Policy.expression("\"a\\u00e9\\n\"")).isEqualTo("\"aé\\n\"");
        assertThat(Policy.expression("`a\\n`")).isEqualTo("\"a\\\\n\"");
        assertThat(Policy.expression("$\"{1 + 1} of {[\"x\"]}, {input.no}\""))
                .isEqualTo("\"2 of [\\\"x\\\"], <undefined>\"");
    }

    @Test
    void metadataIsReadable() {
        RegoModule module = RegoModule.parse(
                "p.rego",
                """
                # METADATA
                # title: All of it
                package a.b

                # METADATA
                # title: No open doors
                # custom:
                #   severity: high
                # authors:
                # - Ann <ann@example.org>
                deny contains 1
                """);
        assertThat(module.annotations()).hasSize(2);
        assertThat(module.annotations().getFirst().scope()).isEqualTo("package");
        assertThat(module.annotations().getLast().path()).containsExactly("a", "b", "deny");
        assertThat(module.annotations().getLast().content().toJson())
                .isEqualTo("{\"authors\":[{\"email\":\"ann@example.org\",\"name\":\"Ann\"}],"
                        + "\"custom\":{\"severity\":\"high\"},\"scope\":\"rule\",\"title\":\"No open doors\"}");
    }

    @Test
    void aLonelyMetadataBlockIsRefused() {
        assertThatExceptionOfType(RegoException.class)
                .isThrownBy(() -> RegoModule.parse("p.rego", "package a\n\n# METADATA\n# title: x\n"))
                .withMessageContaining("must be followed by");
    }
}
