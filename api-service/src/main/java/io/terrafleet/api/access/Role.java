package io.terrafleet.api.access;

import java.util.Locale;

/** A user's standing in one organization. */
public enum Role {
    READER(Permission.READ),
    PLANNER(Permission.PLAN),
    WRITER(Permission.WRITE),
    OWNER(Permission.OWN);

    private final Permission highest;

    Role(Permission highest) {
        this.highest = highest;
    }

    public boolean allows(Permission permission) {
        return permission.compareTo(highest) <= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
