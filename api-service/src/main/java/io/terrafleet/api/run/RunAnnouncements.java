package io.terrafleet.api.run;

import io.terrafleet.api.budget.Budgets;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.peak.Peaks;
import io.terrafleet.api.policy.PolicySets;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.RunState.ApplyQueued;
import io.terrafleet.api.run.RunState.Assessing;
import io.terrafleet.api.run.RunState.PlanQueued;
import io.terrafleet.api.run.RunState.Stopping;
import io.terrafleet.api.size.Sizes;
import io.terrafleet.api.toolversion.ToolVersions;
import io.terrafleet.api.usage.UsageFiles;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.Fact;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.contracts.event.RunRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What the rest of the platform is told when a run has moved. */
@ApplicationScoped
class RunAnnouncements {
    private final PolicySets policySets;
    private final Budgets budgets;
    private final UsageFiles usage;
    private final RunDocuments documents;
    private final Workspaces workspaces;
    private final ToolVersions versions;
    private final Peaks peaks;
    private final Sizes sizes;
    private final RunConfig config;
    private final PublicUrl publicUrl;

    RunAnnouncements(
            PolicySets policySets,
            Budgets budgets,
            UsageFiles usage,
            RunDocuments documents,
            Workspaces workspaces,
            ToolVersions versions,
            Peaks peaks,
            Sizes sizes,
            RunConfig config,
            PublicUrl publicUrl) {
        this.policySets = policySets;
        this.budgets = budgets;
        this.usage = usage;
        this.documents = documents;
        this.workspaces = workspaces;
        this.versions = versions;
        this.peaks = peaks;
        this.sizes = sizes;
        this.config = config;
        this.publicUrl = publicUrl;
    }

    Optional<Fact> of(Run run, RunState from, RunState to, Instant now) {
        return switch (to) {
            case PlanQueued queued -> requested(run, queued.job(), now);
            case ApplyQueued queued -> requested(run, queued.job(), now);
            case Assessing assessing
            when !(from instanceof Assessing) -> Optional.of(completed(run, assessing.plan(), now));
            case Assessing assessing -> Optional.empty();
            case Stopping stopping
            when stopping.forced() ->
                Optional.of(
                        new RunRequest.PhaseKillRequested(stopping.job(), "force-cancelled by " + stopping.by(), now));
            case Stopping stopping -> Optional.empty();
            case RunState.Finished finished ->
                Optional.of(new RunEvent.RunFinished(
                        run.id(),
                        run.workspace(),
                        workspaces.title(run.workspace()).organization(),
                        RunView.status(finished),
                        now));
            case RunState.Pending s -> Optional.empty();
            case RunState.PrePlanTasks s -> Optional.empty();
            case RunState.Planning s -> Optional.empty();
            case RunState.AwaitingOverride s -> Optional.empty();
            case RunState.AwaitingConfirmation s -> Optional.empty();
            case RunState.PreApplyTasks s -> Optional.empty();
            case RunState.PlanSaved s -> Optional.empty();
            case RunState.AwaitingTurn s -> Optional.empty();
            case RunState.Applying s -> Optional.empty();
            case RunState.PostApplyTasks s -> Optional.empty();
        };
    }

    /** What was said when the run came to where it stands; a request may be answered from now on as long as the first. */
    Optional<Fact> again(Run run, Instant now) {
        Instant at = run.state().isFinished() ? run.state().since() : now;
        return of(run, new RunState.Pending(at), run.state(), at);
    }

    static boolean asksLegacySets(Fact fact) {
        return fact instanceof RunEvent.PlanCompleted plan
                && plan.policySets().stream().anyMatch(set -> set.agreed().legacy());
    }

    /** Agents come and ask; the workers of this installation are told. */
    private Optional<Fact> requested(Run run, JobId job, Instant now) {
        return run.agentPoolId().isPresent() ? Optional.empty() : Optional.of(request(run, job, now));
    }

    private RunRequest request(Run run, JobId job, Instant now) {
        Workspaces.Title title = workspaces.title(run.workspace());
        String version = run.exactVersion().orElse(run.terraformVersion());
        return new RunRequest.PhaseRequested(
                job,
                run.workspace(),
                title.organization(),
                title.name(),
                run.engine(),
                version,
                config.runnerApiUrl().orElseGet(() -> URI.create(publicUrl.of(""))),
                run.options().planOnly(),
                now,
                now.plus(config.claimWithin()),
                versions.builds(run.engine(), version),
                peaks.expected(run.workspace(), job.phase()),
                sizes.applicableTo(run.workspace()));
    }

    private RunEvent completed(Run run, PlanOutcome plan, Instant now) {
        Workspace workspace = workspaces.find(run.workspace()).orElseThrow(Problem::notFound);
        return new RunEvent.PlanCompleted(
                run.id(),
                plan.json(),
                documents.of(run, workspace),
                policySets.applicableTo(workspace),
                budgets.applicableTo(workspace),
                Optional.of(usage.applicableTo(workspace, run.configurationVersionId()))
                        .filter(files -> !files.isEmpty()),
                now);
    }
}
