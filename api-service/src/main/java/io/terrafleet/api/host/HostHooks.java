package io.terrafleet.api.host;

import java.net.URI;
import java.util.Optional;

/** How a host is told where to tell what happens in one of its repositories. */
public interface HostHooks {
    /**
     * Makes it, or makes it again as it should be; one that somebody has deleted there is made anew.
     *
     * @param known the id that the host gave it
     * @return the id
     */
    String put(HostApi api, String repository, Optional<String> known, Wish wish) throws HostRefused;

    /** Takes it away; one that is not there any more is no failure. */
    void remove(HostApi api, String repository, String id) throws HostRefused;

    /** What to choose where a person makes it by hand, for people. */
    String byHand();

    /** @param secret that deliveries prove themselves with; never to be shown */
    record Wish(URI address, String secret) {
        @Override
        public String toString() {
            return address.toString();
        }
    }
}
