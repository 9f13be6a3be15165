package io.terrafleet.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who changed what. Topic {@code terrafleet.audit-events}; the key is the organization. */
public sealed interface AuditEvent extends Fact {
    /** The key of changes that belong to no organization. */
    String INSTALLATION = "installation";

    /**
     * @param id of the entry in the audit trail
     * @param organization its id; absent for what belongs to the installation
     * @param actor who did it
     * @param address of the client, where known
     * @param requestId tells apart the requests of one client, where known
     * @param resource what kind of thing changed, for example {@code workspace}
     * @param action {@code create}, {@code update} or {@code destroy}
     * @param changes the members that changed; secrets show only that they did
     */
    record ChangeAudited(
            String id,
            Optional<String> organization,
            Instant at,
            Actor actor,
            Optional<String> address,
            Optional<String> requestId,
            String resource,
            String resourceId,
            String action,
            List<ChangedMember> changes)
            implements AuditEvent {
        @Override
        public String key() {
            return organization.orElse(INSTALLATION);
        }
    }

    /**
     * @param kind {@code user}, {@code team} or {@code organization}
     * @param id of the user, team or organization
     * @param name for people
     */
    record Actor(String kind, String id, String name) {}

    /** @param before absent when there was none; at most 500 characters, as is {@code after} */
    record ChangedMember(String name, Optional<String> before, Optional<String> after) {}
}
