package io.terrafleet.api.run;

import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * A request for a run, parsed and checked as far as it can be without looking anything up.
 *
 * @param configurationVersionId absent: the newest uploaded one of the workspace
 * @param autoApply absent: as the workspace says
 * @param configGeneration whether {@code import} blocks without a resource get one written
 * @param debugging whether terraform logs all that it does
 * @param cause what set it off, when that was another run
 */
public record NewRun(
        WorkspaceId workspace,
        Optional<String> configurationVersionId,
        boolean planOnly,
        Optional<Boolean> autoApply,
        boolean destroy,
        boolean refresh,
        boolean refreshOnly,
        List<String> targetAddrs,
        List<String> replaceAddrs,
        boolean allowEmptyApply,
        boolean savePlan,
        Optional<String> terraformVersion,
        String message,
        List<RunVariable> variables,
        String source,
        String createdById,
        String createdByName,
        boolean configGeneration,
        boolean debugging,
        Optional<Cause> cause) {

    /** A run that was applied, and its workspace with the name that it had then. */
    public record Cause(RunId run, WorkspaceId workspace, String workspaceName) {}

    /** Without what only few ask for. */
    public NewRun(
            WorkspaceId workspace,
            Optional<String> configurationVersionId,
            boolean planOnly,
            Optional<Boolean> autoApply,
            boolean destroy,
            boolean refresh,
            boolean refreshOnly,
            List<String> targetAddrs,
            List<String> replaceAddrs,
            boolean allowEmptyApply,
            boolean savePlan,
            Optional<String> terraformVersion,
            String message,
            List<RunVariable> variables,
            String source,
            String createdById,
            String createdByName) {
        this(
                workspace,
                configurationVersionId,
                planOnly,
                autoApply,
                destroy,
                refresh,
                refreshOnly,
                targetAddrs,
                replaceAddrs,
                allowEmptyApply,
                savePlan,
                terraformVersion,
                message,
                variables,
                source,
                createdById,
                createdByName,
                false,
                false,
                Optional.empty());
    }

    /** A run of the newest configuration that the platform starts by itself, with nothing out of the ordinary. */
    public static NewRun automatic(
            WorkspaceId workspace,
            Optional<Boolean> autoApply,
            boolean destroy,
            String message,
            String source,
            String createdById,
            String createdByName) {
        return new NewRun(
                workspace,
                Optional.empty(),
                false,
                autoApply,
                destroy,
                true,
                false,
                List.of(),
                List.of(),
                false,
                false,
                Optional.empty(),
                message,
                List.of(),
                source,
                createdById,
                createdByName);
    }

    /** The same, set off by another run. */
    public NewRun causedBy(Cause other) {
        return new NewRun(
                workspace,
                configurationVersionId,
                planOnly,
                autoApply,
                destroy,
                refresh,
                refreshOnly,
                targetAddrs,
                replaceAddrs,
                allowEmptyApply,
                savePlan,
                terraformVersion,
                message,
                variables,
                source,
                createdById,
                createdByName,
                configGeneration,
                debugging,
                Optional.of(other));
    }

    /**
     * A variable of this run only.
     *
     * @param value an HCL expression
     */
    public record RunVariable(String key, String value) {
        @Override
        public String toString() {
            return "RunVariable[" + key + "]";
        }
    }
}
