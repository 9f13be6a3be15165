package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "team_project")
@SuppressWarnings("NullAway.Init")
class TeamProjectEntity {
    @Id
    String id;

    @Column(name = "team_id")
    String teamId;

    @Column(name = "project_id")
    String projectId;

    String access;
    String settings;
    String teams;

    @Column(name = "variable_sets")
    String variableSets;

    @Column(name = "workspace_create")
    boolean create;

    @Column(name = "workspace_move")
    boolean move;

    @Column(name = "workspace_delete")
    boolean delete;

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

    void take(ProjectAccess given) {
        access = given.level();
        settings = given.settings();
        teams = given.teams();
        variableSets = given.variableSets();
        create = given.create();
        move = given.move();
        delete = given.delete();
        WorkspaceAccess inside = given.workspaces();
        runs = inside.runs();
        variables = inside.variables();
        stateVersions = inside.stateVersions();
        sentinelMocks = inside.sentinelMocks();
        locking = inside.locking();
        runTasks = inside.runTasks();
        policyOverrides = inside.policyOverrides();
    }

    ProjectAccess given() {
        return ProjectAccess.fixed(access)
                .orElseGet(() -> new ProjectAccess(
                        access,
                        settings,
                        teams,
                        variableSets,
                        create,
                        move,
                        delete,
                        new WorkspaceAccess(
                                access,
                                runs,
                                variables,
                                stateVersions,
                                sentinelMocks,
                                locking,
                                runTasks,
                                policyOverrides)));
    }
}
