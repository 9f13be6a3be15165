package io.terrafleet.api.agent;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.agentpool.Agent;
import io.terrafleet.api.agentpool.AgentPool;
import io.terrafleet.api.agentpool.AgentPools;
import io.terrafleet.api.agentpool.Agents;
import io.terrafleet.api.job.Jobs;
import io.terrafleet.api.peak.Peaks;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.size.Sizes;
import io.terrafleet.api.toolversion.ToolVersions;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.event.RunSize;
import io.terrafleet.contracts.event.ToolBuild;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Hands the jobs of a pool to its agents, the oldest first, each to one agent at a time. */
@ApplicationScoped
public class AgentJobs {
    /** A job that its agent has not claimed by then is given to the next one that asks. */
    private static final Duration CLAIM_WITHIN = Duration.ofMinutes(2);

    private final AgentJobStore store;
    private final Runs runs;
    private final RunReading reading;
    private final Jobs jobs;
    private final Agents agents;
    private final AgentPools pools;
    private final Workspaces workspaces;
    private final ToolVersions versions;
    private final Peaks peaks;
    private final Sizes sizes;
    private final InternalKey key;
    private final InstantSource clock;

    AgentJobs(
            AgentJobStore store,
            Runs runs,
            RunReading reading,
            Jobs jobs,
            Agents agents,
            AgentPools pools,
            Workspaces workspaces,
            ToolVersions versions,
            Peaks peaks,
            Sizes sizes,
            @Identifier("api") InternalKey key,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.reading = reading;
        this.jobs = jobs;
        this.agents = agents;
        this.pools = pools;
        this.workspaces = workspaces;
        this.versions = versions;
        this.peaks = peaks;
        this.sizes = sizes;
        this.key = key;
        this.clock = clock;
    }

    /**
     * A job for one agent.
     *
     * @param claimToken what the runner shows once to claim the job
     * @param version an exact version, a constraint, or {@code latest}
     * @param builds where the version comes from when an administrator brings it
     * @param memory bytes: the most that this phase of the workspace's last runs needed
     * @param size what the workspace or the pool says of its pods
     * @param claimBefore from then on somebody else may be given it
     */
    record Given(
            JobId job,
            String claimToken,
            String organization,
            String workspace,
            String engine,
            String version,
            Optional<List<ToolBuild>> builds,
            boolean speculative,
            Instant claimBefore,
            Optional<Long> memory,
            Optional<RunSize> size) {
        @Override
        public String toString() {
            return "Given(" + job + ")";
        }
    }

    /** Where a phase runs, or ran. */
    public record Place(AgentPool pool, Optional<Agent> agent) {}

    /** The next job of the agent's pool; empty when none waits. */
    @Transactional
    Optional<Given> next(Agent agent) {
        Instant now = clock.instant();
        for (Run run : reading.queuedFor(agent.poolId())) {
            JobId job = job(run);
            if (store.give(job.toString(), run.id().value(), agent.id(), now, now.minus(CLAIM_WITHIN))) {
                runs.news(job, "waiting for the agent " + agent.name() + " to begin");
                return Optional.of(given(run, job, now.plus(CLAIM_WITHIN)));
            }
        }
        return Optional.empty();
    }

    /** The agent cannot run the job that it was given. */
    @Transactional
    void lost(Agent agent, JobId job, String message, boolean permanent) {
        if (store.agentOf(job.toString()).filter(agent.id()::equals).isEmpty()) {
            throw Problem.notFound();
        }
        jobs.lost(job, message, permanent);
    }

    /** Empty for a run whose phases happen in this installation. */
    @Transactional
    public Optional<Place> placeOf(Run run, Phase phase) {
        return run.agentPoolId()
                .flatMap(pools::find)
                .map(pool -> new Place(
                        pool, store.agentOf(run.id().value(), phase.word()).flatMap(agents::find)));
    }

    private Given given(Run run, JobId job, Instant claimBefore) {
        Workspace workspace = workspaces.find(run.workspace()).orElseThrow(Problem::notFound);
        String version = run.exactVersion().orElse(run.terraformVersion());
        return new Given(
                job,
                key.claimToken(job),
                workspace.organizationName(),
                workspace.name(),
                run.engine(),
                version,
                versions.builds(run.engine(), version),
                run.options().planOnly(),
                claimBefore,
                peaks.expected(run.workspace(), job.phase()),
                sizes.applicableTo(run.workspace(), run.agentPoolId()));
    }

    private static JobId job(Run run) {
        if (run.state() instanceof RunState.PlanQueued queued) {
            return queued.job();
        }
        if (run.state() instanceof RunState.ApplyQueued queued) {
            return queued.job();
        }
        throw new IllegalStateException(run.id() + " waits for no runner");
    }
}
