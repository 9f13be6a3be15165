package io.terrafleet.api.ingress;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.workspace.Workspace;
import java.util.Optional;

/**
 * Fired inside the transaction in which a change was settled for one workspace.
 *
 * @param run absent where it touches nothing of the workspace, or none could be made
 * @param problem why none could be made
 * @param skipped why none is wanted, though it may touch the workspace
 */
public record ChangeRan(
        Repo repo,
        Change change,
        Workspace workspace,
        Optional<Run> run,
        Optional<String> problem,
        Optional<String> skipped) {}
