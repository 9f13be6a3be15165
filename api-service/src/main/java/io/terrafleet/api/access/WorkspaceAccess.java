package io.terrafleet.api.access;

import static io.terrafleet.api.access.Permission.*;

import io.terrafleet.api.problem.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a team may do in a workspace: one of the fixed levels, or each thing on its own.
 *
 * @param level {@code read}, {@code plan}, {@code write}, {@code admin} or {@code custom}
 * @param runs {@code read}, {@code plan} or {@code apply}
 * @param variables {@code none}, {@code read} or {@code write}
 * @param stateVersions {@code none}, {@code read-outputs}, {@code read} or {@code write}
 * @param sentinelMocks {@code none} or {@code read}
 */
public record WorkspaceAccess(
        String level,
        String runs,
        String variables,
        String stateVersions,
        String sentinelMocks,
        boolean locking,
        boolean runTasks,
        boolean policyOverrides) {
    private static final List<String> RUNS = List.of("read", "plan", "apply");
    private static final List<String> VARIABLES = List.of("none", "read", "write");
    private static final List<String> STATE_VERSIONS = List.of("none", "read-outputs", "read", "write");
    private static final List<String> SENTINEL_MOCKS = List.of("none", "read");

    public static final WorkspaceAccess READ =
            new WorkspaceAccess("read", "read", "read", "read", "none", false, false, false);
    public static final WorkspaceAccess PLAN =
            new WorkspaceAccess("plan", "plan", "read", "read", "none", false, false, false);
    public static final WorkspaceAccess WRITE =
            new WorkspaceAccess("write", "apply", "write", "write", "read", true, false, false);
    public static final WorkspaceAccess ADMIN =
            new WorkspaceAccess("admin", "apply", "write", "write", "read", true, true, false);
    /** Where a custom access begins. */
    public static final WorkspaceAccess CUSTOM =
            new WorkspaceAccess("custom", "read", "none", "none", "none", false, false, false);

    public WorkspaceAccess {
        oneOf("runs", runs, RUNS);
        oneOf("variables", variables, VARIABLES);
        oneOf("state-versions", stateVersions, STATE_VERSIONS);
        oneOf("sentinel-mocks", sentinelMocks, SENTINEL_MOCKS);
    }

    /** Empty for a word that is none of the fixed levels, {@code custom} too. */
    public static Optional<WorkspaceAccess> fixed(String level) {
        return List.of(READ, PLAN, WRITE, ADMIN).stream()
                .filter(access -> access.level.equals(level))
                .findFirst();
    }

    Set<Permission> permissions() {
        EnumSet<Permission> granted = EnumSet.of(Permission.READ, READ_RUNS);
        add(granted, RUNS, runs, List.of(READ_RUNS, QUEUE_RUNS, APPLY_RUNS));
        add(granted, VARIABLES, variables, List.of(Permission.READ, READ_VARIABLES, WRITE_VARIABLES));
        add(
                granted,
                STATE_VERSIONS,
                stateVersions,
                List.of(Permission.READ, READ_STATE_OUTPUTS, READ_STATE, WRITE_STATE));
        add(granted, SENTINEL_MOCKS, sentinelMocks, List.of(Permission.READ, READ_SENTINEL_MOCKS));
        if (locking) {
            granted.add(LOCK_WORKSPACE);
        }
        if (runTasks) {
            granted.add(MANAGE_WORKSPACE_RUN_TASKS);
        }
        if (policyOverrides) {
            granted.add(OVERRIDE_RUN_POLICIES);
        }
        addLevel(granted);
        return granted;
    }

    private void addLevel(EnumSet<Permission> granted) {
        List<String> levels = List.of("read", "plan", "write", "admin");
        int height = levels.indexOf(level);
        if (height >= 1) {
            granted.add(Permission.PLAN);
        }
        if (height >= 2) {
            granted.add(Permission.WRITE);
        }
        if (height >= 3) {
            granted.addAll(List.of(
                    Permission.ADMIN,
                    UPDATE_WORKSPACE,
                    DELETE_WORKSPACE,
                    FORCE_UNLOCK,
                    READ_PLAN_JSON,
                    MANAGE_WORKSPACE_TEAMS));
        }
    }

    /** Each word includes those before it. */
    private static void add(EnumSet<Permission> granted, List<String> words, String word, List<Permission> steps) {
        granted.addAll(steps.subList(0, words.indexOf(word) + 1));
    }

    static void oneOf(String attribute, String word, List<String> words) {
        if (!words.contains(word)) {
            throw Problem.invalid(
                    attribute,
                    Character.toUpperCase(attribute.charAt(0))
                            + attribute.substring(1).replace('-', ' ') + " must be one of "
                            + String.join(", ", words));
        }
    }
}
