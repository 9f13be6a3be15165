package io.terrafleet.api.page;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.assessment.Assessments;
import io.terrafleet.api.assessment.OverrideRights;
import io.terrafleet.api.assessment.Overrides;
import io.terrafleet.api.diff.PlanDiff;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** Gathers what a run's page shows. */
@ApplicationScoped
class RunPages {
    private final Runs runs;
    private final RunReading reading;
    private final Workspaces workspaces;
    private final Assessments assessments;
    private final Overrides overrides;
    private final OverrideRights overrideRights;
    private final Artifacts artifacts;
    private final Grants grants;
    private final InstantSource clock;

    RunPages(
            Runs runs,
            RunReading reading,
            Workspaces workspaces,
            Assessments assessments,
            Overrides overrides,
            OverrideRights overrideRights,
            Artifacts artifacts,
            Grants grants,
            @Identifier("api") InstantSource clock) {
        this.runs = runs;
        this.reading = reading;
        this.workspaces = workspaces;
        this.assessments = assessments;
        this.overrides = overrides;
        this.overrideRights = overrideRights;
        this.artifacts = artifacts;
        this.grants = grants;
        this.clock = clock;
    }

    /** A run in the workspace that its address names. */
    record Found(Run run, Workspace workspace) {
        String base() {
            return Paths.run(workspace, run.id());
        }
    }

    Found permitted(Principal who, String organization, String workspaceName, String id, Permission permission) {
        Workspace workspace = workspaces.permitted(who, organization, workspaceName, permission);
        if (!Ids.isOne("run", id)) {
            throw Problem.notFound();
        }
        Run run = runs.find(new RunId(id))
                .filter(found -> found.workspace().equals(workspace.id()))
                .orElseThrow(Problem::notFound);
        return new Found(run, workspace);
    }

    RunParts parts(Principal who, Found found) {
        Run run = found.run();
        Rights rights = grants.rights(who, found.workspace().place());
        Optional<String> progress = overrides.progress(run);
        boolean mayOverride = overrideRights.may(who, run, found.workspace());
        ActPart.May may = new ActPart.May(
                rights.may(Permission.APPLY_RUNS),
                mayOverride ? overrides.othersAfter(run, who) : OptionalInt.empty(),
                progress);
        return new RunParts(
                found.workspace().organizationName(),
                found.workspace().name(),
                found.base(),
                HeadPart.of(run),
                ActPart.of(run, reading.waitingFor(run.id()), RunView.actions(run.state(), clock.instant()), may),
                Timeline.of(run),
                PhasePart.plan(run),
                CostPart.of(run, assessments.cost(run.id()), overrides.said(run)),
                PolicyPart.of(run, assessments.policy(run.id()), progress),
                PhasePart.apply(run));
    }

    /** What the plan changes; empty until there is a plan. */
    Optional<PlanDiff> diff(Run run) {
        return RunView.plan(run.state()).map(plan -> {
            try (InputStream content = artifacts.open(plan.redacted().id())) {
                return PlanDiff.of(Json.mapper().readTree(content));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
