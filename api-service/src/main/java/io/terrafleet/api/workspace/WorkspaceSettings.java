package io.terrafleet.api.workspace;

import io.terrafleet.api.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller may set on a workspace, checked; what is absent takes its default, or stays as it is. Meaning and units as in {@link
 * Workspace}.
 */
public record WorkspaceSettings(
        Optional<String> name,
        Optional<String> projectId,
        Optional<String> description,
        Optional<Boolean> autoApply,
        Optional<String> executionMode,
        Optional<String> engine,
        Optional<String> terraformVersion,
        Optional<String> workingDirectory,
        Optional<Boolean> allowDestroyPlan,
        Optional<Boolean> queueAllRuns,
        Optional<Boolean> structuredRunOutput,
        TraitSettings traits,
        Optional<String> agentPoolId,
        Optional<Boolean> ownExecutionMode) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,90}");
    private static final Pattern SEGMENT_UP = Pattern.compile("(^|.*/)\\.\\.(/.*|$)");
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int LONGEST_PATH = 1_024;

    public WorkspaceSettings {
        name.ifPresent(WorkspaceSettings::checkName);
        description.ifPresent(WorkspaceSettings::checkDescription);
        executionMode.ifPresent(WorkspaceSettings::checkExecutionMode);
        engine.ifPresent(WorkspaceSettings::checkEngine);
        terraformVersion.ifPresent(VersionRequirement::check);
        workingDirectory.ifPresent(WorkspaceSettings::checkWorkingDirectory);
    }

    /** A name and defaults. */
    public static WorkspaceSettings named(String name) {
        return new WorkspaceSettings(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TraitSettings.NONE,
                Optional.empty(),
                Optional.empty());
    }

    private static void checkName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw Problem.invalid(
                    "name", "Name must have 1 to 90 characters and can only include letters, numbers, -, and _");
        }
    }

    private static void checkDescription(String text) {
        if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
            throw Problem.invalid("description", "Description may have at most 1000 characters and no NUL character");
        }
    }

    private static void checkExecutionMode(String mode) {
        if (!mode.equals("remote") && !mode.equals("local") && !mode.equals("agent")) {
            throw Problem.invalid("execution-mode", "Execution mode must be \"remote\", \"local\" or \"agent\"");
        }
    }

    private static void checkEngine(String engine) {
        if (!engine.equals("terraform") && !engine.equals("tofu")) {
            throw Problem.invalid("engine", "Engine must be \"terraform\" or \"tofu\"");
        }
    }

    private static void checkWorkingDirectory(String path) {
        if (path.length() > LONGEST_PATH || path.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "working-directory", "Working directory may have at most 1024 characters and no control character");
        }
        if (path.startsWith("/")
                || path.contains("\\")
                || SEGMENT_UP.matcher(path).matches()) {
            throw Problem.invalid(
                    "working-directory",
                    "Working directory must be relative to the root of the configuration and must not contain \"..\" or a backslash");
        }
    }
}
