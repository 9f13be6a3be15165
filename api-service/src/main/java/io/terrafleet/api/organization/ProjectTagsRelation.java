package io.terrafleet.api.organization;

import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A project inherits nothing: they are its own. */
@ApplicationScoped
class ProjectTagsRelation implements Relation {
    private final Projects projects;
    private final ProjectTags tags;

    ProjectTagsRelation(Projects projects, ProjectTags tags) {
        this.projects = projects;
        this.tags = tags;
    }

    @Override
    public String type() {
        return "projects";
    }

    @Override
    public String name() {
        return ProjectTagResource.EFFECTIVE;
    }

    @Override
    public List<Resource> of(String id) {
        return projects.find(id).stream()
                .flatMap(project -> ProjectTagResource.view(project, tags.of(id), name()).stream())
                .toList();
    }
}
