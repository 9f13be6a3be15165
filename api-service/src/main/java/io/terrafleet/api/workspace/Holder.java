package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Principal;
import java.util.Locale;

/** What kind of thing holds a workspace. */
public enum Holder {
    RUN,
    USER,
    TEAM,
    ORGANIZATION;

    /** As the database and the log say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the error texts say it that clients compare: {@code is locked by Run}. */
    public String title() {
        return switch (this) {
            case RUN -> "Run";
            case USER -> "User";
            case TEAM, ORGANIZATION -> "Team";
        };
    }

    public static Holder of(Principal who) {
        return switch (who.kind()) {
            case USER -> USER;
            case TEAM -> TEAM;
            case ORGANIZATION, AUDIT_TRAILS, AGENT, RUN -> ORGANIZATION;
        };
    }

    static Holder of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
