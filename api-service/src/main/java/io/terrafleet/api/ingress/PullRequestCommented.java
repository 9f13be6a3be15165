package io.terrafleet.api.ingress;

import io.terrafleet.api.host.HostEvent;

/** Fired inside the transaction in which a delivery was read that somebody has commented on a pull request. */
public record PullRequestCommented(Repo repo, HostEvent.Commented comment) {}
