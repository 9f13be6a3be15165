package io.terrafleet.api.access;

import java.util.Optional;

/** What a caller may do in one organization. */
public record Rights(Optional<Permission> highest) {
    public boolean may(Permission permission) {
        return highest.filter(most -> permission.compareTo(most) <= 0).isPresent();
    }
}
