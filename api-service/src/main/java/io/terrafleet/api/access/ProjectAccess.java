package io.terrafleet.api.access;

import static io.terrafleet.api.access.Permission.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a team may do in a project and in every workspace of it.
 *
 * @param level {@code read}, {@code write}, {@code maintain}, {@code admin} or {@code custom}
 * @param settings {@code read}, {@code update} or {@code delete}
 * @param teams {@code none}, {@code read} or {@code manage}
 * @param variableSets {@code none}, {@code read} or {@code write}
 * @param create whether workspaces may be made in it, and set up
 * @param move whether workspaces may be moved into and out of it
 * @param delete whether its workspaces may be deleted
 */
public record ProjectAccess(
        String level,
        String settings,
        String teams,
        String variableSets,
        boolean create,
        boolean move,
        boolean delete,
        WorkspaceAccess workspaces) {
    private static final List<String> SETTINGS = List.of("read", "update", "delete");
    private static final List<String> TEAMS = List.of("none", "read", "manage");
    private static final List<String> VARIABLE_SETS = List.of("none", "read", "write");

    public static final ProjectAccess READ =
            new ProjectAccess("read", "read", "none", "read", false, false, false, WorkspaceAccess.READ);
    public static final ProjectAccess WRITE =
            new ProjectAccess("write", "read", "none", "read", false, false, false, WorkspaceAccess.WRITE);
    public static final ProjectAccess MAINTAIN =
            new ProjectAccess("maintain", "read", "none", "write", true, false, true, WorkspaceAccess.ADMIN);
    public static final ProjectAccess ADMIN =
            new ProjectAccess("admin", "delete", "manage", "write", true, true, true, WorkspaceAccess.ADMIN);
    /** Where a custom access begins. */
    public static final ProjectAccess CUSTOM =
            new ProjectAccess("custom", "read", "none", "none", false, false, false, WorkspaceAccess.CUSTOM);

    public ProjectAccess {
        WorkspaceAccess.oneOf("settings", settings, SETTINGS);
        WorkspaceAccess.oneOf("teams", teams, TEAMS);
        WorkspaceAccess.oneOf("variable-sets", variableSets, VARIABLE_SETS);
    }

    /** Empty for a word that is none of the fixed levels, {@code custom} too. */
    public static Optional<ProjectAccess> fixed(String level) {
        return List.of(READ, WRITE, MAINTAIN, ADMIN).stream()
                .filter(access -> access.level.equals(level))
                .findFirst();
    }

    /** In the project itself. */
    Set<Permission> permissions() {
        EnumSet<Permission> granted = EnumSet.of(Permission.READ);
        granted.addAll(
                List.of(Permission.READ, UPDATE_PROJECT, DELETE_PROJECT).subList(0, SETTINGS.indexOf(settings) + 1));
        granted.addAll(List.of(Permission.READ, READ_PROJECT_TEAMS, MANAGE_PROJECT_TEAMS)
                .subList(0, TEAMS.indexOf(teams) + 1));
        granted.addAll(List.of(Permission.READ, READ_VARIABLE_SETS, MANAGE_VARIABLE_SETS)
                .subList(0, VARIABLE_SETS.indexOf(variableSets) + 1));
        if (create) {
            granted.add(CREATE_WORKSPACE);
        }
        if (move) {
            granted.add(MOVE_WORKSPACE);
        }
        if (level.equals("admin")) {
            granted.add(Permission.ADMIN);
        }
        return granted;
    }

    /** In each of its workspaces. */
    Set<Permission> inWorkspaces() {
        EnumSet<Permission> granted = EnumSet.copyOf(workspaces.permissions());
        if (create) {
            granted.add(UPDATE_WORKSPACE);
        }
        if (move) {
            granted.add(MOVE_WORKSPACE);
        }
        if (delete) {
            granted.add(DELETE_WORKSPACE);
        }
        if (level.equals("maintain")) {
            granted.removeAll(Set.of(Permission.ADMIN, MANAGE_WORKSPACE_TEAMS));
        }
        return granted;
    }
}
