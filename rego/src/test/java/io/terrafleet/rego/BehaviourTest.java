package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The language's reference behaviour, line by line; and what does not compile, with its code. */
class BehaviourTest {
    static Stream<Arguments> lines() throws IOException {
        try (InputStream file = Objects.requireNonNull(BehaviourTest.class.getResourceAsStream("/behaviour.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.split(" => ", 2)));
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void answers(String expression, String expected) {
        assertThat(Policy.expression(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "p := any([true])                          => rego_type_error",
                "p := re_match(`a`, \"a\")                 => rego_type_error",
                "p := lower(1)                             => rego_type_error",
                "p := count(1)                             => rego_type_error",
                "p := \"a\" + 1                            => rego_type_error",
                "p := max(\"a\")                           => rego_type_error",
                "p if { x := 1; x := 2 }                   => rego_compile_error",
                "p contains x if true                      => rego_unsafe_var_error",
                "p := x if true                            => rego_unsafe_var_error",
                "p if every x in input.a { y }             => rego_unsafe_var_error",
                "p if { every x in [1] { x > 0 }; x }      => rego_unsafe_var_error",
                "p if not x                                => rego_unsafe_var_error",
                "p if input := 1                           => rego_compile_error",
                "p if data := 1                            => rego_compile_error",
                "input := 1                                => rego_compile_error",
                "p := 1\\np contains 2                      => rego_type_error",
                "p := 1\\nf(x) := 1\\nf(x, y) := 1           => rego_type_error",
                "default p := 1\\ndefault p := 2            => rego_type_error",
                "p := 1\\np.q := 2                          => rego_type_error",
                "p if true with foo as 1                   => rego_type_error",
                "p if data.t.q with data.t.q.r as 1\\nq := {} => rego_type_error",
                "p if f\\nf(x) := x                         => rego_type_error",
                "p if { 1 = \"a\" }                        => rego_type_error",
                "p if { x := 1; x == \"a\" }               => rego_type_error",
                "p if { x := 1; x.foo }                    => rego_type_error",
                "p := 1 if q.a\\nq := 1                     => rego_type_error",
                "p := sum([1, \"a\"])                       => rego_type_error",
                "p := concat(\"\", {\"a\", 1})               => rego_type_error",
                "p if { x := [1]; concat(\"\", x) }        => rego_type_error",
                "p := union({1})                          => rego_type_error",
                "p := time.date([1])                      => rego_type_error",
                "p := graph.reachable({\"a\": 1}, [])      => rego_type_error",
                "p if { [1, 2] == [1] }                   => rego_type_error",
                "p if { {\"a\": 1} == {\"b\": 1} }         => rego_type_error",
                "p if { {\"a\": [1]} == {\"a\": [\"b\"]} }  => rego_type_error",
                "p if { x := {\"a\": {\"b\": 1}}; x.a.c }   => rego_type_error",
                "p if { [x, y] := [1, \"a\"]; x == \"a\" }   => rego_type_error",
                "p if { x := split(\"a\", \"\"); x[0] == 1 } => rego_type_error",
                "p if { x := [1]; x[1] }                  => rego_type_error",
                "p if q.b\\nq := {\"a\": input.x}           => rego_type_error",
                "p if q.b\\nq contains 1                   => rego_type_error",
                "p if { q.a == \"x\" }\\nq := {\"a\": 1}    => rego_type_error",
                "p := 1 if                                 => rego_parse_error",
                "p { true }                                => rego_parse_error",
                "p[x] { x := 1 }                           => rego_parse_error",
                "p contains 1 { true }                     => rego_parse_error",
                "default p := input.x                      => rego_parse_error",
                "default p := q                            => rego_parse_error",
                "default f(1) := 1                         => rego_parse_error",
                "p = \"unfinished                          => rego_parse_error",
                "if := 1                                   => rego_parse_error",
                "p := x if { x := 1 } else = 2 { true }    => rego_parse_error",
                "import data.a\\nimport data.a              => rego_compile_error",
                "p := 08                                   => rego_parse_error",
                "p if { f(x) }\\nf(x) if x > 0              => rego_unsafe_var_error",
            })
    void isRefused(String rules, String code) {
        assertThat(Policy.refused(rules.replace("\\n", "\n")).code()).isEqualTo(code);
    }

    /** What could work, for all that is known, does compile. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "p if { x := {1, \"a\"}; \"a\" in x }          => true",
                "p := x[k] if { x := {\"a\": 1}; k := \"a\" } => 1",
                "p := x.b if { some x in [{\"a\": 1}, {\"b\": 2}] } => 2",
                "p := object.get({\"a\": 1}, \"b\", 3)       => 3",
                "p := q.b\\nq := {\"a\": 1} if false\\nq := {\"b\": 2} => 2",
                "p := sum([x | some x in input.a; x > 0])  => 0",
                "p if { [input.a, 1] != [2, \"x\"] }        => true",
                "p := q.x\\nq[k] := v if some k, v in {\"x\": 4} => 4",
                "p := concat(\"\", [y | some y in [\"a\", \"b\"]]) => \"ab\"",
            })
    void isAccepted(String rules, String value) {
        assertThat(Policy.of(rules.replace("\\n", "\n")).value("p", "{\"a\": []}"))
                .isEqualTo(value);
    }
}
