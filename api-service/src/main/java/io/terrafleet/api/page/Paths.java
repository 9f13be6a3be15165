package io.terrafleet.api.page;

import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;

/** Addresses of pages. Names of organizations and workspaces consist of letters, digits, dashes and underscores. */
final class Paths {
    private Paths() {}

    static String organization(String name) {
        return "/app/" + name;
    }

    /** No workspace's name has a tilde. */
    static String costs(String organization) {
        return organization(organization) + "/~costs";
    }

    static String budgets(String organization) {
        return organization(organization) + "/~budgets";
    }

    static String workspace(Workspace workspace) {
        return organization(workspace.organizationName()) + "/" + workspace.name();
    }

    static String run(Workspace workspace, RunId run) {
        return workspace(workspace) + "/runs/" + run.value();
    }
}
