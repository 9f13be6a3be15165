package io.terrafleet.api.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    Permission highest() {
        return highest;
    }

    /** @param word {@code owner}, {@code writer}, {@code planner} or {@code reader} */
    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
