package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import org.junit.jupiter.api.Test;

class FormatterTest {
    private static String formatted(String source) {
        return RegoFormatter.format("t.rego", source, Language.V1);
    }

    @Test
    void putsSpacesWhereTheyBelong() {
        assertThat(formatted("package a\nallow if{input.x==1;  not input.y}\np:=[z|z:=x[_];z>-1]\nf(a,b):=a-1 if true"))
                .isEqualTo(
                        """
                        package a
                        allow if { input.x == 1; not input.y }
                        p := [z | z := x[_]; z > -1]
                        f(a, b) := a - 1 if true
                        """);
    }

    @Test
    void indentsByNestingAndEndsListsWithAComma() {
        assertThat(formatted("package a\np if {\nx := {\n\"a\": [1,\n2\n]\n}\nq(x)\nwith input as 1\n}"))
                .isEqualTo(
                        "package a\np if {\n\tx := {\n\t\t\"a\": [1,\n\t\t\t2,\n\t\t],\n\t}\n\tq(x)\n\t\twith input as 1\n}\n");
    }

    @Test
    void keepsCommentsAndOneBlankLine() {
        assertThat(formatted("# top\npackage a # here\n\n\n\n# before\np := 1 # behind\n"))
                .isEqualTo("# top\npackage a # here\n\n# before\np := 1 # behind\n");
    }

    @Test
    void doesNotTouchTextsOrTheirLines() {
        String source = "package a\np := `one\n   two`\nq := \"#  no comment\"\n";
        assertThat(formatted(source)).isEqualTo(source);
    }

    @Test
    void refusesWhatDoesNotParse() {
        assertThatThrownBy(() -> formatted("package a\np if {")).isInstanceOf(RegoException.class);
    }
}
