package io.terrafleet.contracts.runner;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.terrafleet.contracts.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The lease that a claim wins, with all that the phase needs.
 *
 * @param leaseToken bearer token of every further request; good for this job only
 * @param fence goes back in {@link RunnerPaths#FENCE_HEADER}; a runner with an older number is turned away
 * @param heartbeatEvery renew at least this often
 * @param workingDirectory relative to the root of the configuration; empty for the root
 * @param hasState whether {@code GET state} has something
 * @param planSha256 of the saved plan, when the phase is apply
 * @param timeout the phase is interrupted when it takes longer
 * @param coolOff from the interrupt to the kill
 * @param logLimitBytes more log than this is cut, with a line that says so
 * @param enclosed what the phase would fetch next, as far as it is small
 * @param identity tokens by which the phase proves to clouds what it is; none when absent
 * @param sshKey a private key in PEM form, with which git fetches modules
 */
public record Claim(
        JobId job,
        String leaseToken,
        long fence,
        Duration heartbeatEvery,
        String organization,
        String workspaceName,
        String engine,
        String workingDirectory,
        Options options,
        List<Variable> variables,
        boolean hasState,
        Optional<String> planSha256,
        Duration timeout,
        Duration coolOff,
        long logLimitBytes,
        Optional<Enclosed> enclosed,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<IdentityToken> identity,
        Optional<String> sshKey) {
    public Claim {
        identity = List.copyOf(identity);
    }

    /** Without tokens and without a key. */
    public Claim(
            JobId job,
            String leaseToken,
            long fence,
            Duration heartbeatEvery,
            String organization,
            String workspaceName,
            String engine,
            String workingDirectory,
            Options options,
            List<Variable> variables,
            boolean hasState,
            Optional<String> planSha256,
            Duration timeout,
            Duration coolOff,
            long logLimitBytes,
            Optional<Enclosed> enclosed) {
        this(
                job,
                leaseToken,
                fence,
                heartbeatEvery,
                organization,
                workspaceName,
                engine,
                workingDirectory,
                options,
                variables,
                hasState,
                planSha256,
                timeout,
                coolOff,
                logLimitBytes,
                enclosed,
                List.of(),
                Optional.empty());
    }

    /**
     * How the plan is made; meaning as in {@code terraform plan}.
     *
     * @param structuredOutput plan and apply print JSON, a line for each message, and the redacted plan carries the schemas of the
     *     resources in it
     */
    public record Options(
            boolean destroy,
            boolean refresh,
            boolean refreshOnly,
            List<String> targetAddrs,
            List<String> replaceAddrs,
            boolean allowEmptyApply,
            boolean structuredOutput) {}

    /** @param category {@code terraform} or {@code env} */
    public record Variable(String key, String value, String category, boolean hcl, boolean sensitive) {
        @Override
        public String toString() {
            return "Variable[" + category + " " + key + (sensitive ? " (sensitive)" : "") + "]";
        }
    }

    /** The same without what came along: what is worth keeping once that is laid out. */
    public Claim alone() {
        return new Claim(
                job,
                leaseToken,
                fence,
                heartbeatEvery,
                organization,
                workspaceName,
                engine,
                workingDirectory,
                options,
                variables,
                hasState,
                planSha256,
                timeout,
                coolOff,
                logLimitBytes,
                Optional.empty(),
                identity,
                sshKey);
    }

    @Override
    public String toString() {
        return "Claim[" + job + ", fence " + fence + "]";
    }
}
