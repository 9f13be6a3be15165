package io.terrafleet.api.oauth;

import java.util.Locale;

/**
 * Fired inside a transaction when a host has told that something was pushed to one of its repositories.
 *
 * @param tag whether it was a tag
 */
public record RepositoryTold(String organizationId, String clientId, String identifier, boolean tag) {
    /** Whether it is that repository, whatever the case. */
    public boolean is(String other) {
        return identifier.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
