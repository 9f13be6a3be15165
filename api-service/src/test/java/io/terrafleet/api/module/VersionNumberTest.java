package io.terrafleet.api.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionNumberTest {
    @Test
    void versionsAreOrderedAsSemanticVersioningSays() {
        List<String> ordered = List.of(
                "0.9.9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0",
                "1.2.0",
                "1.10.0",
                "2.0.0");
        assertThat(ordered.reversed().stream().map(VersionNumber::new).sorted().map(VersionNumber::text))
                .containsExactlyElementsOf(ordered);
    }

    @Test
    void anythingElseIsNoVersion() {
        assertThat(Stream.of("", "1", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3 ", "9999999999.0.0"))
                .allSatisfy(text -> assertThat(VersionNumber.parse(text)).isEmpty());
    }
}
