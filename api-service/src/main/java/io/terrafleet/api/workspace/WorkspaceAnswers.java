package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.OrganizationView;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.ProjectView;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workspaces in the form of answers, with what the caller at hand may do to them. */
@ApplicationScoped
public class WorkspaceAnswers {
    private final Organizations organizations;
    private final Projects projects;
    private final Grants grants;
    private final Caller caller;

    WorkspaceAnswers(Organizations organizations, Projects projects, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.projects = projects;
        this.grants = grants;
        this.caller = caller;
    }

    public Resource view(Workspace workspace) {
        return views(List.of(workspace), organization(workspace)).getFirst();
    }

    List<Resource> views(List<Workspace> workspaces, Organization organization) {
        Map<Place, Rights> rights = grants.rights(
                caller.principal(),
                organization.id(),
                workspaces.stream().map(Workspace::place).toList());
        return workspaces.stream()
                .map(workspace -> view(workspace, rights.getOrDefault(workspace.place(), Rights.NONE), organization))
                .toList();
    }

    private static Resource view(Workspace workspace, Rights rights, Organization organization) {
        return WorkspaceView.of(workspace, rights, mayForceDelete(rights, organization));
    }

    List<Resource> included(List<Workspace> workspaces, Include include) {
        List<Resource> resources = new ArrayList<>();
        if (workspaces.isEmpty()) {
            return resources;
        }
        Organization organization = organization(workspaces.getFirst());
        Rights rights = grants.rights(caller.principal(), organization.id());
        if (include.organization()) {
            resources.add(OrganizationView.of(
                    organization, projects.standardOf(organization.id()).id(), rights));
        }
        if (include.project()) {
            workspaces.stream()
                    .map(Workspace::projectId)
                    .distinct()
                    .flatMap(id -> projects.find(id).stream())
                    .map(project ->
                            ProjectView.of(project, organization, grants.rights(caller.principal(), project.place())))
                    .forEach(resources::add);
        }
        return resources;
    }

    /** A delete without safeguard: owners may, and others where the organization lets them or nothing is managed. */
    void requireForceDelete(Workspace workspace) {
        Organization organization = organization(workspace);
        Rights rights = grants.rights(caller.principal(), workspace.place());
        if (workspace.resourceCount() > 0 && !mayForceDelete(rights, organization)) {
            throw Problem.forbidden("The workspace still manages " + workspace.resourceCount()
                    + " resources, and this organization lets only owners delete it then. Use the action safe-delete.");
        }
    }

    private Organization organization(Workspace workspace) {
        return organizations.find(workspace.organizationId()).orElseThrow(Problem::notFound);
    }

    private static boolean mayForceDelete(Rights rights, Organization organization) {
        return rights.may(Permission.OWN)
                || (rights.may(Permission.DELETE_WORKSPACE) && organization.allowForceDeleteWorkspaces());
    }
}
