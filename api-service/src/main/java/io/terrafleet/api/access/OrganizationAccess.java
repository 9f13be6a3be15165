package io.terrafleet.api.access;

import static io.terrafleet.api.access.Permission.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a team may do in the whole organization: the attributes of {@code organization-access}. {@link #PLAN_WORKSPACES} and {@link
 * #WRITE_WORKSPACES} are ours, for teams that work in every workspace and set up none.
 */
public enum OrganizationAccess {
    /** With the runs of all workspaces, which one must see to set enforcement. */
    MANAGE_POLICIES(EnumSet.of(Permission.MANAGE_POLICIES, READ, READ_RUNS)),
    MANAGE_POLICY_OVERRIDES(EnumSet.of(OVERRIDE_POLICIES, OVERRIDE_RUN_POLICIES, READ, READ_RUNS)),
    DELEGATE_POLICY_OVERRIDES(EnumSet.of(Permission.DELEGATE_POLICY_OVERRIDES, READ, READ_RUNS)),
    MANAGE_WORKSPACES(
            EnumSet.of(
                    Permission.MANAGE_WORKSPACES,
                    Permission.READ_WORKSPACES,
                    CREATE_WORKSPACE,
                    READ_VARIABLE_SETS,
                    MANAGE_VARIABLE_SETS),
            WorkspaceAccess.ADMIN),
    MANAGE_VCS_SETTINGS(EnumSet.of(Permission.MANAGE_VCS_SETTINGS)),
    MANAGE_PROVIDERS(EnumSet.of(Permission.MANAGE_PROVIDERS)),
    MANAGE_MODULES(EnumSet.of(Permission.MANAGE_MODULES)),
    MANAGE_RUN_TASKS(EnumSet.of(Permission.MANAGE_RUN_TASKS)),
    MANAGE_PROJECTS(
            EnumSet.of(
                    Permission.MANAGE_PROJECTS,
                    Permission.READ_PROJECTS,
                    Permission.READ_WORKSPACES,
                    UPDATE_PROJECT,
                    DELETE_PROJECT,
                    READ_PROJECT_TEAMS,
                    MANAGE_PROJECT_TEAMS,
                    READ_VARIABLE_SETS,
                    MANAGE_VARIABLE_SETS,
                    CREATE_WORKSPACE,
                    MOVE_WORKSPACE),
            WorkspaceAccess.ADMIN),
    READ_PROJECTS(EnumSet.of(Permission.READ_PROJECTS)),
    READ_WORKSPACES(EnumSet.of(Permission.READ_WORKSPACES, READ_VARIABLE_SETS), WorkspaceAccess.READ),
    MANAGE_MEMBERSHIP(EnumSet.of(Permission.MANAGE_MEMBERSHIP)),
    MANAGE_TEAMS(EnumSet.of(Permission.MANAGE_TEAMS, Permission.MANAGE_MEMBERSHIP)),
    MANAGE_ORGANIZATION_ACCESS(EnumSet.of(Permission.MANAGE_ORGANIZATION_ACCESS)),
    ACCESS_SECRET_TEAMS(EnumSet.of(Permission.ACCESS_SECRET_TEAMS)),
    MANAGE_AGENT_POOLS(EnumSet.of(Permission.MANAGE_AGENT_POOLS)),
    MANAGE_PUBLIC_PROVIDERS(EnumSet.of(Permission.MANAGE_PUBLIC_PROVIDERS)),
    MANAGE_PUBLIC_MODULES(EnumSet.of(Permission.MANAGE_PUBLIC_MODULES)),
    PLAN_WORKSPACES(EnumSet.of(Permission.READ_WORKSPACES), WorkspaceAccess.PLAN),
    WRITE_WORKSPACES(EnumSet.of(Permission.READ_WORKSPACES), WorkspaceAccess.WRITE);

    private static final Map<String, OrganizationAccess> NAMED =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(OrganizationAccess::word, access -> access));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<Permission> permissions;

    OrganizationAccess(EnumSet<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    OrganizationAccess(EnumSet<Permission> permissions, WorkspaceAccess everywhere) {
        permissions.addAll(everywhere.permissions());
        this.permissions = Set.copyOf(permissions);
    }

    Set<Permission> permissions() {
        return permissions;
    }

    /** As the API and the database say it: {@code manage-workspaces}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<OrganizationAccess> named(String word) {
        return Optional.ofNullable(NAMED.get(word));
    }
}
