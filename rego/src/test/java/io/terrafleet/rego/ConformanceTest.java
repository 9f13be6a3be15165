package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** OPA's own suite, where it is present. What does not pass is listed, with its reason, and nothing else is. */
class ConformanceTest {
    private static final double PROMISED = 0.97;

    @Test
    void passesEverythingButTheListedExceptions() throws IOException {
        Path cases =
                Path.of(System.getProperty("terrafleet.root", ".."), "..", "shared/data/rego-conformance/cases.json");
        assumeTrue(Files.exists(cases), "skipped: data absent");

        Map<String, String> failures = new TreeMap<>();
        int all = 0;
        for (ConformanceCase one : ConformanceCase.read(cases)) {
            all++;
            String failure = one.failure();
            if (failure != null) {
                failures.put(one.note(), failure);
            }
        }

        assertThat(failures.keySet()).as("%s", failures).isEqualTo(exceptions().keySet());
        assertThat((double) failures.size() / all).isLessThanOrEqualTo(1 - PROMISED);
    }

    /** Note of the case and reason, parted by a tab; lines that start with # are comments. */
    private static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new TreeMap<>();
        try (InputStream list =
                Objects.requireNonNull(ConformanceTest.class.getResourceAsStream("/conformance-exceptions.txt"))) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .forEach(parts -> {
                        assertThat(parts).as("a case and its reason").hasSize(2);
                        exceptions.put(parts[0], parts[1]);
                    });
        }
        return exceptions;
    }
}
