package io.terrafleet.api.workspace;

import io.quarkus.arc.All;
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
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workspaces in the form of answers, with what the caller at hand may do to them. */
@Singleton
public class WorkspaceAnswers {
    private final Organizations organizations;
    private final Projects projects;
    private final Grants grants;
    private final Caller caller;
    private final List<WorkspaceInclude> includes;

    WorkspaceAnswers(
            Organizations organizations,
            Projects projects,
            Grants grants,
            Caller caller,
            @All List<WorkspaceInclude> includes) {
        this.includes = includes;
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

    /**
     * What is asked for beside workspaces.
     *
     * @param views of the same workspaces in the same order; they are linked to what is added
     */
    List<Resource> included(List<Workspace> workspaces, List<Resource> views, Include include) {
        List<Resource> resources = new ArrayList<>();
        includes.stream().filter(part -> include.names().contains(part.name())).forEach(part -> {
            for (int i = 0; i < workspaces.size(); i++) {
                if (!grants.allows(caller.principal(), workspaces.get(i).place(), part.needed())) {
                    continue;
                }
                List<Resource> found = part.of(workspaces.get(i));
                if (!part.relationship().isEmpty()) {
                    views.get(i).linked(part.relationship(), found, part.many());
                }
                resources.addAll(found);
            }
        });
        if (workspaces.isEmpty() || !(include.organization() || include.project())) {
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
