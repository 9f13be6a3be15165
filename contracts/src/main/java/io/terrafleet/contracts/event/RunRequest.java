package io.terrafleet.contracts.event;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the api-service asks of the workers. Topic {@code terrafleet.run-requests}. */
public sealed interface RunRequest extends RunFact {

    /**
     * Launch a runner for this job. Asking again for the same job changes nothing.
     *
     * @param engine {@code terraform} or {@code tofu}
     * @param version an exact version, a constraint such as {@code ~> 1.9.0}, or {@code latest}
     * @param api base URL of the api-service as the runner reaches it
     * @param speculative a plan that can never be applied; it may wait behind the others
     * @param claimBefore after this instant nobody waits for the job any more and a worker need not launch it
     * @param builds where this version comes from when an administrator brings it; absent for what the workers find by themselves
     * @param memory bytes: the most that this phase of the workspace's last runs had in memory; absent when nobody knows
     * @param size what somebody has set for the workspace; absent when nobody has
     */
    record PhaseRequested(
            JobId job,
            WorkspaceId workspace,
            String organization,
            String workspaceName,
            String engine,
            String version,
            URI api,
            boolean speculative,
            Instant requestedAt,
            Instant claimBefore,
            Optional<List<ToolBuild>> builds,
            Optional<Long> memory,
            Optional<RunSize> size)
            implements RunRequest {
        @Override
        public RunId run() {
            return job.run();
        }
    }

    /**
     * End a job that did not obey its heartbeat: remove its pod or kill its process.
     *
     * @param reason a sentence for people
     */
    record PhaseKillRequested(JobId job, String reason, Instant requestedAt) implements RunRequest {
        @Override
        public RunId run() {
            return job.run();
        }
    }
}
