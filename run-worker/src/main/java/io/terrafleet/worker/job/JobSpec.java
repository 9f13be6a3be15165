package io.terrafleet.worker.job;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.event.RunRequest.PhaseRequested;
import io.terrafleet.contracts.event.RunSize;
import io.terrafleet.contracts.event.ToolBuild;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A job as a worker needs it.
 *
 * @param engine {@code terraform} or {@code tofu}
 * @param version an exact version, a constraint or {@code latest}
 * @param api base URL of the api-service
 * @param claimBefore nobody waits for the job after this instant
 * @param builds where the version comes from when an administrator brings it
 * @param memory bytes: the most that this phase of the workspace's last runs had in memory, when somebody knows
 * @param size what its pod asks for and may use, as far as the workspace or the agent pool says so
 * @param claimToken what the platform gave to an agent; a worker that shares its key makes its own
 */
public record JobSpec(
        JobId job,
        String organization,
        String workspaceName,
        String engine,
        String version,
        URI api,
        boolean speculative,
        Instant requestedAt,
        Instant claimBefore,
        Optional<List<ToolBuild>> builds,
        Optional<String> claimToken,
        Optional<Long> memory,
        Optional<RunSize> size) {
    /** What holds a workspace goes first: applies, then plans, then plans that nobody can apply; each in the order of asking. */
    public static final Comparator<JobSpec> URGENCY = Comparator.comparingInt(JobSpec::rank)
            .thenComparing(JobSpec::requestedAt)
            .thenComparing(spec -> spec.job().toString());

    /** Of a version that the worker finds by itself, and of a worker with a key. */
    public JobSpec(
            JobId job,
            String organization,
            String workspaceName,
            String engine,
            String version,
            URI api,
            boolean speculative,
            Instant requestedAt,
            Instant claimBefore) {
        this(
                job,
                organization,
                workspaceName,
                engine,
                version,
                api,
                speculative,
                requestedAt,
                claimBefore,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static JobSpec of(PhaseRequested request) {
        return new JobSpec(
                request.job(),
                request.organization(),
                request.workspaceName(),
                request.engine(),
                request.version(),
                request.api(),
                request.speculative(),
                request.requestedAt(),
                request.claimBefore(),
                request.builds(),
                Optional.empty(),
                request.memory(),
                request.size());
    }

    /** The same without its secret: what may be written where many can read it. */
    public JobSpec withoutToken() {
        return new JobSpec(
                job,
                organization,
                workspaceName,
                engine,
                version,
                api,
                speculative,
                requestedAt,
                claimBefore,
                builds,
                Optional.empty(),
                memory,
                size);
    }

    @Override
    public String toString() {
        return "JobSpec[" + job + "]";
    }

    private int rank() {
        if (job.phase() == Phase.APPLY) {
            return 0;
        }
        return speculative ? 2 : 1;
    }
}
