package io.terrafleet.api.job;

import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.configuration.Ingress;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.rule.PullRequestRules;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.state.StateVersion;
import io.terrafleet.api.state.States;
import io.terrafleet.api.stranger.RedactedState;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What a phase sees of the state, and whether it may write it. A stranger's plan runs what a stranger wrote, which may be a program: what its
 * runner is not given cannot be stolen, and what it says of the state is not believed.
 */
@ApplicationScoped
class PhaseStates {
    private final States states;
    private final Configurations configurations;
    private final Workspaces workspaces;
    private final PullRequestRules rules;

    PhaseStates(States states, Configurations configurations, Workspaces workspaces, PullRequestRules rules) {
        this.states = states;
        this.configurations = configurations;
        this.workspaces = workspaces;
        this.rules = rules;
    }

    /** Whether somebody who may write to the repository stands behind the run's configuration. */
    boolean trusted(Run run) {
        return configurations
                .find(run.configurationVersionId())
                .flatMap(version -> version.ingress())
                .map(Ingress::trusted)
                .orElse(true);
    }

    /** The version that the phase begins with. */
    Optional<StateVersion> version(Run run, boolean trusted) {
        Optional<StateVersion> current = states.current(run.workspace());
        boolean withheld = current.isPresent()
                && !trusted
                && workspaces
                        .find(run.workspace())
                        .map(workspace -> rules.in(workspace).withholdsState())
                        .orElse(true);
        return withheld ? Optional.empty() : current;
    }

    byte[] redacted(StateVersion version) {
        return RedactedState.of(states.content(version.id()));
    }

    /** As the runner of the run fetches it; empty where there is none for it. */
    Optional<byte[]> content(Run run) {
        boolean trusted = trusted(run);
        return version(run, trusted).map(version -> trusted ? states.content(version.id()) : redacted(version));
    }

    /** Only an apply changes what is there. */
    void record(JobId job, Run run, byte[] state) {
        if (job.phase() != Phase.APPLY) {
            throw Problem.forbidden("A plan writes no state.");
        }
        states.recordFromRun(run.workspace(), run.id(), state);
    }
}
