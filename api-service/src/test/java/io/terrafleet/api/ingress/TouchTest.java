package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of paths, directories and tags. */
class TouchTest {
    @ParameterizedTest
    @CsvSource({
        "/**/*.md, docs/a/b.md, true",
        "**/*.md, README.md, true",
        "a/*, a/b, true",
        "a/*, a/b/c, false",
        "a/**, a/b/c, true",
        "a/?.tf, a/b.tf, true",
        "a/[bc].tf, a/c.tf, true",
        "a/[!bc].tf, a/c.tf, false",
        "a/**/x, a/x, true",
        "a+(b), a+(b), true",
        "a[, a[, true"
    })
    void aPatternMeetsAPathOrNot(String pattern, String path, boolean meets) {
        assertThat(new PathGlob(pattern).matches(path)).isEqualTo(meets);
    }

    @Test
    void pathsAreCleaned() {
        assertThat(Directories.clean("./a//../b/./c/")).isEqualTo("b/c");
        assertThat(Directories.clean("../../etc")).isEqualTo("etc");
        assertThat(Directories.clean("/")).isEmpty();
    }

    @Test
    void anExpressionThatTakesForEverMatchesNothing() {
        assertThat(TagRule.matches("^v[0-9]+", "v12")).isTrue();
        assertThat(TagRule.matches("(a+)+$", "a".repeat(60) + "b")).isFalse();
        assertThat(TagRule.matches("(", "v1")).isFalse();
    }

    @Test
    void theWordsThatSkip() {
        assertThat(SkipWords.in("Fix [Skip CI]")).isTrue();
        assertThat(SkipWords.in("skip ci")).isFalse();
    }
}
