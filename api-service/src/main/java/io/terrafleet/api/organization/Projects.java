package io.terrafleet.api.organization;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The door to projects. A name is told apart within its organization, without regard to case. */
@Singleton
public class Projects {
    private static final String STANDARD_NAME = "Default Project";

    private final ProjectStore store;
    private final OrganizationStore organizations;
    private final Grants grants;
    private final Event<ProjectDeletion> deletions;
    private final InstantSource clock;
    private final RandomGenerator random;

    Projects(
            ProjectStore store,
            OrganizationStore organizations,
            Grants grants,
            Event<ProjectDeletion> deletions,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.organizations = organizations;
        this.grants = grants;
        this.deletions = deletions;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<Project> find(String id) {
        return store.find(id).map(Projects::view);
    }

    /** The project, when the caller may do this there; 404 or 403 otherwise. */
    @Transactional
    public Project permitted(Principal who, String id, Permission permission) {
        Project project = find(id).orElseThrow(Problem::notFound);
        grants.require(who, project.place(), permission);
        return project;
    }

    /** Where workspaces go that name no project. */
    @Transactional
    public Project standardOf(String organizationId) {
        return store.standardOf(organizationId).map(Projects::view).orElseThrow(Problem::notFound);
    }

    /** By id; one that does not exist is not there. */
    @Transactional
    public Map<String, Project> all(Collection<String> ids) {
        Map<String, Project> all = new HashMap<>();
        store.find(Set.copyOf(ids)).forEach(row -> all.put(row.id, view(row)));
        return all;
    }

    @Transactional
    public List<Project> list(ProjectQuery wanted, int offset, int limit) {
        return store.list(wanted, offset, limit).stream().map(Projects::view).toList();
    }

    /** @param names only these, compared exactly; all when empty */
    @Transactional
    public List<Project> list(
            String organizationId, List<String> names, String search, Visibility visible, int offset, int limit) {
        return list(ProjectQuery.plain(organizationId, names, search, visible), offset, limit);
    }

    @Transactional
    public long count(ProjectQuery wanted) {
        return store.count(wanted);
    }

    @Transactional
    public Project create(String organizationId, ProjectSettings settings) {
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        if (store.byName(organizationId, name).isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        Project created = add(organizationId, name, settings.description().orElse(""), false);
        boolean plain = settings.defaultExecutionMode().isEmpty()
                && settings.defaultAgentPoolId().isEmpty();
        return plain ? created : change(created.id(), settings);
    }

    /** Called while an organization is made. */
    @Transactional
    Project createStandard(String organizationId) {
        return add(organizationId, STANDARD_NAME, "", true);
    }

    @Transactional
    public Project change(String id, ProjectSettings settings) {
        ProjectEntity project = store.forUpdate(id).orElseThrow(Problem::notFound);
        settings.name().ifPresent(name -> {
            if (store.byName(project.organizationId, name)
                    .filter(other -> !other.id.equals(id))
                    .isPresent()) {
                throw Problem.invalid("name", "Name has already been taken");
            }
            project.name = name;
        });
        settings.description().ifPresent(description -> project.description = description);
        settings.defaultExecutionMode().ifPresent(mode -> project.defaultExecutionMode = mode.isEmpty() ? null : mode);
        project.defaultAgentPoolId = organizations.agentPool(
                project.organizationId,
                Optional.ofNullable(project.defaultExecutionMode),
                settings.defaultAgentPoolId(),
                project.defaultAgentPoolId);
        organizations.flush();
        return view(project);
    }

    /** Refused for the default project and while workspaces are in it. */
    @Transactional
    public void delete(String id) {
        ProjectEntity project = store.forUpdate(id).orElseThrow(Problem::notFound);
        if (project.standard) {
            throw Problem.forbidden("The default project cannot be deleted.");
        }
        deletions.fire(new ProjectDeletion(view(project)));
        organizations.remove(project);
    }

    private Project add(String organizationId, String name, String description, boolean standard) {
        ProjectEntity project = new ProjectEntity();
        project.id = Ids.make("prj", random);
        project.organizationId = organizationId;
        project.name = name;
        project.description = description;
        project.standard = standard;
        project.createdAt = clock.instant();
        organizations.add(project);
        return view(project);
    }

    private static Project view(ProjectEntity project) {
        return new Project(
                project.id,
                project.organizationId,
                project.name,
                project.description,
                project.standard,
                project.createdAt,
                Optional.ofNullable(project.defaultExecutionMode),
                Optional.ofNullable(project.defaultAgentPoolId));
    }
}
