package io.terrafleet.api.access;

import java.util.Set;

/** What a caller may do in one place. */
public record Rights(Set<Permission> granted) {
    public static final Rights NONE = new Rights(Set.of());

    public Rights {
        granted = Set.copyOf(granted);
    }

    public boolean may(Permission permission) {
        return granted.contains(permission);
    }
}
