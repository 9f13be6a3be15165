package io.terrafleet.api.task;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A check outside this platform.
 *
 * @param id {@code task-} and 16 letters or digits
 * @param url where it is asked by POST
 * @param everywhere how it is asked for every workspace of the organization
 */
public record RunTask(
        String id,
        String organizationId,
        String name,
        String description,
        String url,
        boolean hasKey,
        boolean enabled,
        Optional<Ask> everywhere,
        Ask everywhereOtherwise,
        Instant createdAt,
        Instant updatedAt) {

    /** When it is asked and whether its no counts. */
    public record Ask(Level level, Set<Stage> stages) {}

    /** A task as a run meets it. */
    public record Asked(RunTask task, Level level, Optional<String> workspaceTaskId) {}
}
