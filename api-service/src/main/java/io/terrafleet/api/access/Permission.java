package io.terrafleet.api.access;

/**
 * One thing that can be allowed. Which of them somebody has depends on the place: teams have some everywhere in an organization, some in a
 * project, some in a workspace. The names follow the permissions that the TFE documentation defines.
 */
public enum Permission {
    /** To be known: any token that is good. */
    KNOWN,
    /** To be the user whose account it is, or a site administrator. */
    SELF,
    /** To administer the installation. */
    SITE_ADMIN,

    /** To see that the thing exists: the organization for its members, a project or workspace for who has anything in it. */
    READ,
    /** The fixed level {@code plan} of a workspace or more: start runs that somebody else confirms. */
    PLAN,
    /** The fixed level {@code write} of a workspace or more. */
    WRITE,
    /** The fixed level {@code admin} of a workspace or project. */
    ADMIN,
    /** To be one of the organization's owners. */
    OWN,

    MANAGE_POLICIES,
    OVERRIDE_POLICIES,
    DELEGATE_POLICY_OVERRIDES,
    MANAGE_WORKSPACES,
    MANAGE_VCS_SETTINGS,
    MANAGE_PROVIDERS,
    MANAGE_MODULES,
    MANAGE_RUN_TASKS,
    MANAGE_PROJECTS,
    READ_PROJECTS,
    READ_WORKSPACES,
    /** Invite, remove, and put into teams that can be seen. */
    MANAGE_MEMBERSHIP,
    MANAGE_TEAMS,
    MANAGE_ORGANIZATION_ACCESS,
    ACCESS_SECRET_TEAMS,
    MANAGE_AGENT_POOLS,
    MANAGE_PUBLIC_PROVIDERS,
    MANAGE_PUBLIC_MODULES,
    READ_AUDIT_TRAIL,

    UPDATE_PROJECT,
    DELETE_PROJECT,
    READ_PROJECT_TEAMS,
    MANAGE_PROJECT_TEAMS,
    READ_VARIABLE_SETS,
    MANAGE_VARIABLE_SETS,
    /** In a project, or anywhere in the organization. */
    CREATE_WORKSPACE,
    MOVE_WORKSPACE,

    READ_RUNS,
    /** Start runs and upload configurations. */
    QUEUE_RUNS,
    /** Confirm, discard and cancel runs. */
    APPLY_RUNS,
    READ_VARIABLES,
    WRITE_VARIABLES,
    READ_STATE_OUTPUTS,
    READ_STATE,
    WRITE_STATE,
    READ_SENTINEL_MOCKS,
    LOCK_WORKSPACE,
    MANAGE_WORKSPACE_RUN_TASKS,
    /** Let a run go on although a policy says no. */
    OVERRIDE_RUN_POLICIES,
    UPDATE_WORKSPACE,
    DELETE_WORKSPACE,
    /** Take somebody else's lock away. */
    FORCE_UNLOCK,
    /** The whole plan as JSON, sensitive values included. */
    READ_PLAN_JSON,
    MANAGE_WORKSPACE_TEAMS
}
