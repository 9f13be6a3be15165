package io.terrafleet.api.workspace;

import java.util.Optional;

/**
 * The repository that a workspace takes its configuration from.
 *
 * @param identifier {@code owner/name} at the connection's provider, or the whole address of a repository
 * @param branch its default branch when empty
 * @param oauthTokenId whose connection and token are used; absent for an address that needs none
 * @param oauthClientId the connection of that token
 * @param submodules whether submodules are taken along
 * @param tagsRegex of tags that start runs, in the place of pushes to the branch; empty for none
 * @param provider the word for what speaks there, {@code git} when only git does
 * @param webUrl of the repository
 * @param awaited whether nothing was taken from it yet
 */
public record VcsRepo(
        String identifier,
        String branch,
        Optional<String> oauthTokenId,
        Optional<String> oauthClientId,
        boolean submodules,
        String tagsRegex,
        String provider,
        String webUrl,
        boolean awaited) {}
