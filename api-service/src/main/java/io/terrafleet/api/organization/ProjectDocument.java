package io.terrafleet.api.organization;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/** Projects as {@code projects} resources, with how much is in them, for the caller at hand. */
@ApplicationScoped
class ProjectDocument {
    private final ProjectCountStore counts;
    private final Grants grants;
    private final Caller caller;

    ProjectDocument(ProjectCountStore counts, Grants grants, Caller caller) {
        this.counts = counts;
        this.grants = grants;
        this.caller = caller;
    }

    Resource of(Project project, Organization organization) {
        return all(List.of(project), organization).getFirst();
    }

    /** In the same order; workspaces are counted as far as the caller sees them, teams when he may know them. */
    @Transactional
    List<Resource> all(List<Project> projects, Organization organization) {
        if (projects.isEmpty()) {
            return List.of();
        }
        Map<Place, Rights> rights = grants.rights(
                caller.principal(),
                organization.id(),
                projects.stream().map(Project::place).toList());
        List<String> ids = projects.stream().map(Project::id).toList();
        Map<String, Long> workspaces =
                counts.workspaces(ids, grants.visibleWorkspaces(caller.principal(), organization.id()));
        Map<String, Long> teams = counts.teams(ids);
        return projects.stream()
                .map(project -> {
                    Rights here = rights.getOrDefault(project.place(), Rights.NONE);
                    return ProjectView.of(project, organization, here)
                            .with("workspace-count", workspaces.getOrDefault(project.id(), 0L))
                            .with(
                                    "team-count",
                                    here.may(Permission.READ_PROJECT_TEAMS)
                                            ? teams.getOrDefault(project.id(), 0L)
                                            : null);
                })
                .toList();
    }
}
