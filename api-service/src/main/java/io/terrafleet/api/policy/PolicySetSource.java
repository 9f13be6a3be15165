package io.terrafleet.api.policy;

import java.util.Optional;

/**
 * Where a set's policies are taken from.
 *
 * @param identifier {@code owner/name} at the connection's provider, or the whole address of a repository
 * @param branch its default branch when empty
 * @param oauthTokenId whose connection and token are used; absent for an address that needs none
 * @param submodules whether those of the same host are taken along
 * @param path the directory of the policies; the root when empty
 * @param error why the last look failed, for people
 */
public record PolicySetSource(
        String identifier,
        String branch,
        Optional<String> oauthTokenId,
        boolean submodules,
        String path,
        Optional<String> error) {}
