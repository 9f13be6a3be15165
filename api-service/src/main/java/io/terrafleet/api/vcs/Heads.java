package io.terrafleet.api.vcs;

import java.util.Map;
import java.util.Optional;

/**
 * Where the branches and tags of a repository stand.
 *
 * @param branches commits by name, without {@code refs/heads/}
 * @param tags commits by name, without {@code refs/tags/}; of an annotated tag the commit that it is of
 * @param standard the default branch, where the host says
 */
public record Heads(Map<String, String> branches, Map<String, String> tags, Optional<String> standard) {}
