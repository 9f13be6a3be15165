package io.terrafleet.api.access;

import java.util.List;
import java.util.Map;

/**
 * Which projects and workspaces of an organization a caller may see, as a condition for the queries of other rooms, so that a list is
 * filtered where it is read.
 *
 * @param all whether every one
 * @param teams otherwise those that one of these teams has something in
 */
public record Visibility(boolean all, List<String> teams) {
    private static final String NONE = "-";

    /** What the conditions name: to be set on the query. Empty when everything is visible. */
    public Map<String, Object> parameters() {
        return all ? Map.of() : Map.of("visibleTo", teams.isEmpty() ? List.of(NONE) : teams);
    }

    /**
     * In HQL.
     *
     * @param workspaceId an expression for the workspace's id
     * @param projectId an expression for its project's id
     */
    public String ofWorkspace(String workspaceId, String projectId) {
        return all
                ? "1 = 1"
                : "(" + projectId + " in (select tp.projectId from TeamProjectEntity tp where tp.teamId in :visibleTo)"
                        + " or " + workspaceId
                        + " in (select tw.workspaceId from TeamWorkspaceEntity tw where tw.teamId in :visibleTo))";
    }

    /** In HQL, where only the workspace's id is at hand. */
    public String ofWorkspaceId(String workspaceId) {
        return all
                ? "1 = 1"
                : workspaceId + " in (select vw.id from WorkspaceEntity vw where "
                        + ofWorkspace("vw.id", "vw.projectId") + ")";
    }

    /** In HQL: a project is seen too by whoever sees a workspace in it. */
    public String ofProject(String projectId) {
        return all
                ? "1 = 1"
                : "(" + projectId + " in (select tp.projectId from TeamProjectEntity tp where tp.teamId in :visibleTo)"
                        + " or " + projectId
                        + " in (select vw.projectId from WorkspaceEntity vw, TeamWorkspaceEntity tw"
                        + " where vw.id = tw.workspaceId and tw.teamId in :visibleTo))";
    }
}
