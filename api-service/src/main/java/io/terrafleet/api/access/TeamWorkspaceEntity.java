package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "team_workspace")
@SuppressWarnings("NullAway.Init")
class TeamWorkspaceEntity {
    @Id
    String id;

    @Column(name = "team_id")
    String teamId;

    @Column(name = "workspace_id")
    String workspaceId;

    String access;
    String runs;
    String variables;

    @Column(name = "state_versions")
    String stateVersions;

    @Column(name = "sentinel_mocks")
    String sentinelMocks;

    @Column(name = "workspace_locking")
    boolean locking;

    @Column(name = "run_tasks")
    boolean runTasks;

    @Column(name = "policy_overrides")
    boolean policyOverrides;

    void take(WorkspaceAccess given) {
        access = given.level();
        runs = given.runs();
        variables = given.variables();
        stateVersions = given.stateVersions();
        sentinelMocks = given.sentinelMocks();
        locking = given.locking();
        runTasks = given.runTasks();
        policyOverrides = given.policyOverrides();
    }

    WorkspaceAccess given() {
        return new WorkspaceAccess(
                access, runs, variables, stateVersions, sentinelMocks, locking, runTasks, policyOverrides);
    }
}
