package io.terrafleet.api.workspace;

import java.time.Instant;

/** When a workspace is to be destroyed without anybody asking: at a time that was named, or after so long without a new state. */
final class AutoDestroy {
    private AutoDestroy() {}

    /** Setting one of the two takes the other back. */
    static void apply(TraitSettings settings, WorkspaceEntity workspace, Instant now) {
        settings.autoDestroyActivityDuration().ifPresent(duration -> {
            workspace.autoDestroyActivityDuration = duration;
            workspace.autoDestroyAt = duration.isEmpty() ? null : now.plus(TraitSettings.duration(duration));
        });
        settings.autoDestroyAt().ifPresent(at -> {
            if (!at.isEmpty()) {
                workspace.autoDestroyActivityDuration = "";
                workspace.autoDestroyAt = TraitSettings.instant(at);
            } else if (workspace.autoDestroyActivityDuration.isEmpty()) {
                workspace.autoDestroyAt = null;
            }
        });
    }

    /** There is a new state. Nothing is left to destroy when it manages nothing. */
    static void active(WorkspaceEntity workspace, Instant now) {
        if (!workspace.autoDestroyActivityDuration.isEmpty()) {
            workspace.autoDestroyAt = workspace.resourceCount == 0
                    ? null
                    : now.plus(TraitSettings.duration(workspace.autoDestroyActivityDuration));
        }
    }
}
