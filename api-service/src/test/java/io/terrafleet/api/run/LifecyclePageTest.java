package io.terrafleet.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference of the run's states is a committed file, made from {@link RunLifecycle}. */
class LifecyclePageTest {
    private static final Path COMMITTED =
            Path.of(System.getProperty("terrafleet.root", "..")).resolve("docs/run-lifecycle.md");

    @Test
    void theCommittedPageIsMadeFromTheLifecycle() throws IOException {
        String made = LifecyclePage.text();
        if (Boolean.getBoolean("terrafleet.regenerate")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, made);
        }
        assertThat(Files.readString(COMMITTED))
                .as("docs/run-lifecycle.md is out of date: the command to make it again stands at its top")
                .isEqualTo(made);
    }

    @Test
    void everyStateIsReachedFromPending() {
        String made = LifecyclePage.text();
        LifecycleGrid.stateTypes().stream()
                .filter(type -> type != RunState.Pending.class)
                .forEach(type -> assertThat(made).contains(" --> " + type.getSimpleName() + " : "));
    }
}
