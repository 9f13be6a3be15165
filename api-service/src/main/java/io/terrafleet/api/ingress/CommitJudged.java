package io.terrafleet.api.ingress;

import io.terrafleet.api.host.CommitStatus.State;

/**
 * Fired inside the transaction in which another room has something to say of a commit; reviewers are told.
 *
 * @param context what it is about, the same from state to state
 * @param url of the page with more
 */
public record CommitJudged(Repo repo, String commit, String context, State state, String text, String url) {}
