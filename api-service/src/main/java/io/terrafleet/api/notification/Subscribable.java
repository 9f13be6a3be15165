package io.terrafleet.api.notification;

/**
 * What notifications are about: a workspace's runs, or those of all workspaces of a project.
 *
 * @param type as in the API: {@code workspaces} or {@code projects}
 */
public record Subscribable(String type, String id, String organizationId) {
    static final String WORKSPACES = "workspaces";
    static final String PROJECTS = "projects";
}
