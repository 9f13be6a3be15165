package io.terrafleet.api.ingress;

import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.HostApi;
import io.terrafleet.api.vcs.Remote;
import java.net.URI;
import java.util.Optional;

/**
 * How a repository is reached.
 *
 * @param name what its API calls it
 * @param base of the host; absent where there is no connection, and so nothing but the repository's address is known
 */
public record Connection(Host host, HostApi api, String name, Remote remote, Optional<URI> base) {
    /** Where people look at a commit; empty where nobody knows. */
    Optional<String> commitPage(String commit) {
        return base.flatMap(known -> host.commitPage(host.page(known, name), commit));
    }
}
