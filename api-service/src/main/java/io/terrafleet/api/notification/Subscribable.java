package io.terrafleet.api.notification;

/**
 * What notifications are about: a workspace's runs, those of all workspaces of a project, or all that a team may see.
 *
 * @param type as in the API: {@code workspaces}, {@code projects} or {@code teams}
 */
public record Subscribable(String type, String id, String organizationId) {
    static final String WORKSPACES = "workspaces";
    static final String PROJECTS = "projects";
    static final String TEAMS = "teams";
}
