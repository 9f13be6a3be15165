package io.terrafleet.api.organization;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedProjects implements Linked {
    private final Organizations organizations;
    private final Projects projects;
    private final ProjectDocument documents;
    private final Grants grants;
    private final Caller caller;

    LinkedProjects(
            Organizations organizations, Projects projects, ProjectDocument documents, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.projects = projects;
        this.documents = documents;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "projects";
    }

    @Override
    public Optional<Resource> find(String id) {
        return projects.find(id)
                .filter(project -> grants.allows(caller.principal(), project.place(), Permission.READ))
                .flatMap(project -> organizations
                        .find(project.organizationId())
                        .map(organization -> documents.of(project, organization)));
    }
}
