package io.terrafleet.api.workspace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What few workspaces set.
 *
 * @param autoApplyRunTrigger whether a run that a run trigger started is applied without being asked
 * @param speculativeEnabled whether pull requests are planned
 * @param fileTriggersEnabled whether a push starts a run only when it touches the prefixes or patterns
 * @param triggerPrefixes directories of the repository
 * @param triggerPatterns globs of paths of the repository
 * @param sourceName what made the workspace, for people; empty when nothing said so
 * @param sourceUrl where that is; empty when nothing said so
 * @param globalRemoteState whether runs of all workspaces of the organization may read its state
 * @param projectRemoteState whether runs of all workspaces of its project may read its state
 * @param autoDestroyAt when a run is started that destroys everything
 * @param autoDestroyActivityDuration such as {@code 14d} or {@code 24h}: after so long without a new state; empty for never
 * @param autoDestroyStatus what became of the latest automatic destruction; empty before the first
 * @param sshKeyId the key for git module sources
 * @param ownExecutionMode whether execution mode and agent pool are its own, or what its project or organization says
 * @param agentPoolId where its runs go when the execution mode is {@code agent}
 * @param vcsRepo where its configuration comes from, unless it is uploaded
 */
public record WorkspaceTraits(
        boolean autoApplyRunTrigger,
        boolean speculativeEnabled,
        boolean fileTriggersEnabled,
        List<String> triggerPrefixes,
        List<String> triggerPatterns,
        String sourceName,
        String sourceUrl,
        boolean globalRemoteState,
        boolean projectRemoteState,
        Optional<Instant> autoDestroyAt,
        String autoDestroyActivityDuration,
        String autoDestroyStatus,
        Optional<String> sshKeyId,
        boolean ownExecutionMode,
        Optional<String> agentPoolId,
        Optional<VcsRepo> vcsRepo) {}
