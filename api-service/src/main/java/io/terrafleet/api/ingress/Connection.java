package io.terrafleet.api.ingress;

import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.HostApi;
import io.terrafleet.api.vcs.Remote;

/**
 * How a repository is reached.
 *
 * @param webUrl of its pages, without a slash at its end
 */
public record Connection(Host host, HostApi api, Remote remote, String webUrl) {}
