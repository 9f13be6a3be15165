package io.terrafleet.worker.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionConstraintTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1.9.8            | 1.9.8                     | 1.9.8
            = 1.9.8          | 1.9.7 1.9.8 1.9.9         | 1.9.8
            v1.9.8           | 1.9.8                     | 1.9.8
            1.9              | 1.9.0 1.9.1               | 1.9.0
            != 1.9.8         | 1.9.7 1.9.8               | 1.9.7
            > 1.9.8          | 1.9.8 1.9.9               | 1.9.9
            > 1.9.8          | 1.9.8                     | none
            >= 1.9.8         | 1.9.8                     | 1.9.8
            < 1.9.8          | 1.9.7 1.9.8               | 1.9.7
            <= 1.9.8         | 1.9.8 1.9.9               | 1.9.8
            ~> 1.9.0         | 1.9.0 1.9.8 1.10.0        | 1.9.8
            ~> 1.9.5         | 1.9.4                     | none
            ~> 1.9           | 1.9.0 1.11.4 2.0.0        | 1.11.4
            ~> 1             | 1.2.0 2.3.0               | 2.3.0
            >= 1.5, < 1.10   | 1.4.9 1.5.0 1.9.8 1.10.0  | 1.9.8
            >= 1.0, != 1.9.8 | 1.9.7 1.9.8               | 1.9.7
            latest           | 1.9.8 1.11.4 1.12.0-rc1   | 1.11.4
            >= 1.12.0-alpha1 | 1.12.0-beta1              | none
            1.12.0-rc1       | 1.12.0-beta1 1.12.0-rc1   | 1.12.0-rc1
            ~> 1.12.0        | 1.12.0-rc1                | none
            """)
    void picksTheNewestThatFits(String constraint, String candidates, String expected) {
        var versions = Arrays.stream(candidates.split(" ", -1))
                .map(text -> Version.parse(text).orElseThrow())
                .toList();

        assertThat(VersionConstraint.parse(constraint)
                        .newest(versions)
                        .map(Version::toString)
                        .orElse("none"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "newest", "~> ", ">< 1.0", "1.2.3.4", "1.9.8;rm -rf /", "1.9,", "~> 1.x"})
    void refusesWhatIsNoConstraint(String text) {
        assertThatThrownBy(() -> VersionConstraint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no version constraint");
    }

    @Test
    void ordersAsSemanticVersioningDoes() {
        String[] ordered = {
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.10"
        };
        assertThat(Arrays.stream(ordered)
                        .map(text -> Version.parse(text).orElseThrow())
                        .sorted()
                        .map(Version::toString))
                .containsExactly(ordered);
    }
}
