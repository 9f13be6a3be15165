package io.terrafleet.api.oauth;

import java.util.concurrent.atomic.AtomicInteger;

/** Fired to learn whether anything but workspaces follows a repository; whoever does says so. */
public record FollowersAsked(String organizationId, String clientId, String identifier, AtomicInteger count) {
    public FollowersAsked(String organizationId, String clientId, String identifier) {
        this(organizationId, clientId, identifier, new AtomicInteger());
    }

    public void follow(long followers) {
        count.addAndGet(Math.toIntExact(followers));
    }

    public boolean followed() {
        return count.get() > 0;
    }
}
