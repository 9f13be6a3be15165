package io.terrafleet.api.ingress;

import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.HostApi;
import io.terrafleet.api.vcs.Remote;

/**
 * How a repository is reached.
 *
 * @param name what its API calls it
 * @param webUrl of its pages, without a slash at its end
 */
public record Connection(Host host, HostApi api, String name, Remote remote, String webUrl) {}
