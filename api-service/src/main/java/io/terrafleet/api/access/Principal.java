package io.terrafleet.api.access;

import java.util.Locale;
import java.util.Optional;

/**
 * Whoever calls.
 *
 * @param id of the user, team or organization
 * @param name for people
 * @param organizationId for all but users: the only organization that the token reaches
 */
public record Principal(String id, String name, boolean siteAdmin, Optional<String> organizationId, Kind kind) {
    /** A user, or an organization's token when it names one. */
    public Principal(String id, String name, boolean siteAdmin, Optional<String> organizationId) {
        this(id, name, siteAdmin, organizationId, organizationId.isEmpty() ? Kind.USER : Kind.ORGANIZATION);
    }

    /** Whose token it is, which bounds what can be done with it. */
    public enum Kind {
        USER,
        /** Does what the team's members may do. */
        TEAM,
        /** Sets up workspaces, teams and policies, and starts no runs. */
        ORGANIZATION,
        /** Reads the organization's audit trail and nothing else. */
        AUDIT_TRAILS,
        /** Known to the agents' own protocol only. */
        AGENT,
        /** A run's terraform while it is at work: reads what its workspace may, by the addresses that it needs. */
        RUN;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public boolean isUser() {
        return kind == Kind.USER;
    }
}
