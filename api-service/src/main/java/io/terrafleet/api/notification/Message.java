package io.terrafleet.api.notification;

import java.time.Instant;
import java.util.Optional;

/**
 * What is told, fixed when it happened: it reads the same when it is sent later.
 *
 * @param trigger the word of a {@link Trigger}, or {@code verification}
 * @param title for people: {@code Run Planning}
 * @param run absent for a verification
 */
record Message(String trigger, String title, Optional<About> run) {
    static final String VERIFICATION = "verification";

    static Message verification(String name) {
        return new Message(VERIFICATION, "Verification of " + name, Optional.empty());
    }

    /** The run that the message is about. */
    record About(
            String url,
            String id,
            String message,
            Instant createdAt,
            String createdBy,
            String workspaceId,
            String workspaceName,
            String organizationName,
            String status,
            Instant updatedAt) {}
}
