package io.terrafleet.api.toolversion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latest | 1.11.4 | true",
                "latest | 1.12.0-beta1 | false",
                "1.11.4 | 1.11.4 | true",
                "= 1.11.4 | 1.11.5 | false",
                "1.12.0-beta1 | 1.12.0-beta1 | true",
                "~> 1.11.0 | 1.11.9 | true",
                "~> 1.11.0 | 1.12.0 | false",
                "~> 1.11 | 1.12.0 | true",
                "~> 1.11 | 2.0.0 | false",
                "~> 1 | 2.0.0 | true",
                ">= 1.5, < 2.0 | 1.9.3 | true",
                ">= 1.5, < 2.0 | 2.0.0 | false",
                ">= 1.5, != 1.9.3 | 1.9.3 | false",
                "> 1.5.0 | 1.5.0 | false",
                "<= 1.5 | 1.5.0 | true"
            })
    void aRequirementAcceptsWhatTerraformsWould(String requirement, String version, boolean accepted) {
        assertThat(Requirement.parse(requirement)
                        .orElseThrow()
                        .accepts(Release.parse(version).orElseThrow()))
                .isEqualTo(accepted);
    }

    @Test
    void whatIsNoRequirementIsLeftToTheWorkers() {
        assertThat(Requirement.parse("newest")).isEmpty();
        assertThat(Requirement.parse(">= 1.0,")).isEmpty();
        assertThat(Release.parse("1.11")).isEmpty();
    }

    @Test
    void aPreReleaseComesBeforeItsRelease() {
        assertThat(Release.parse("1.12.0-rc1").orElseThrow())
                .isLessThan(Release.parse("1.12.0").orElseThrow())
                .isGreaterThan(Release.parse("1.11.9").orElseThrow());
        assertThat(Release.parse("1.10.0").orElseThrow())
                .isGreaterThan(Release.parse("1.9.9").orElseThrow());
    }
}
