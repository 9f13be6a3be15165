package io.terrafleet.api.variable;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The door to variable sets: which there are and whom they reach. What is in them is at {@link Variables}. */
@ApplicationScoped
public class VariableSets {
    private static final int MOST_OF_ORGANIZATION = 1_000;
    private static final int MOST_TARGETS = 10_000;

    private final VariableSetStore store;
    private final Workspaces workspaces;
    private final Projects projects;
    private final InstantSource clock;
    private final RandomGenerator random;

    VariableSets(
            VariableSetStore store,
            Workspaces workspaces,
            Projects projects,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.workspaces = workspaces;
        this.projects = projects;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<VariableSet> find(String id) {
        return store.find(id).map(VariableSets::view);
    }

    /** By name. */
    @Transactional
    public List<VariableSet> list(
            String organizationId, String search, Optional<Boolean> global, int offset, int limit) {
        return store.list(organizationId, Search.containing(search), global, offset, limit).stream()
                .map(VariableSets::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId, String search, Optional<Boolean> global) {
        return store.count(organizationId, Search.containing(search), global);
    }

    /** All that give the workspace variables, by name. */
    @Transactional
    public List<VariableSet> reaching(Workspace workspace) {
        return store
                .reaching(
                        workspace.organizationId(),
                        workspace.projectId(),
                        workspace.id().value())
                .stream()
                .map(VariableSets::view)
                .toList();
    }

    /** Those that are applied to the project, owned by it, or global; by name. */
    @Transactional
    public List<VariableSet> ofProject(Project project) {
        return store.ofProject(project.organizationId(), project.id()).stream()
                .map(VariableSets::view)
                .toList();
    }

    @Transactional
    public VariableSet create(String organizationId, VariableSetSettings settings) {
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        if (store.count(organizationId, "%", Optional.empty()) >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " variable sets.");
        }
        VariableSetEntity set = new VariableSetEntity();
        set.id = Ids.make("varset", random);
        set.organizationId = organizationId;
        settings.projectId().ifPresent(project -> set.projectId = projectOf(organizationId, project, "parent"));
        set.name = name;
        set.description = "";
        set.createdAt = clock.instant();
        apply(settings, set);
        store.add(set);
        return view(set);
    }

    @Transactional
    public VariableSet change(String id, VariableSetSettings settings) {
        VariableSetEntity set = changing(id);
        apply(settings, set);
        store.flush();
        return view(set);
    }

    /** With the variables in it. */
    @Transactional
    public void delete(String id) {
        store.remove(changing(id));
    }

    @Transactional
    public void applyToWorkspaces(String id, Collection<String> workspaceIds) {
        VariableSetEntity set = changing(id);
        workspaceIds.forEach(workspace -> set.workspaceIds.add(workspaceOf(set, workspace)));
        bounded(set);
    }

    /** Removing what is not there changes nothing. */
    @Transactional
    public void removeFromWorkspaces(String id, Collection<String> workspaceIds) {
        changing(id).workspaceIds.removeAll(Set.copyOf(workspaceIds));
        store.flush();
    }

    @Transactional
    public void applyToProjects(String id, Collection<String> projectIds) {
        VariableSetEntity set = changing(id);
        projectIds.forEach(project -> set.projectIds.add(projectOf(set.organizationId, project, "projects")));
        bounded(set);
    }

    @Transactional
    public void removeFromProjects(String id, Collection<String> projectIds) {
        changing(id).projectIds.removeAll(Set.copyOf(projectIds));
        store.flush();
    }

    private void apply(VariableSetSettings settings, VariableSetEntity set) {
        settings.name().ifPresent(name -> {
            store.byName(set.organizationId, name)
                    .filter(other -> !other.id.equals(set.id))
                    .ifPresent(other -> {
                        throw Problem.invalid("name", "Name has already been taken");
                    });
            set.name = name;
        });
        settings.description().ifPresent(description -> set.description = description);
        settings.global().ifPresent(global -> set.global = global);
        settings.priority().ifPresent(priority -> set.priority = priority);
        settings.workspaceIds().ifPresent(ids -> {
            set.workspaceIds.clear();
            ids.forEach(workspace -> set.workspaceIds.add(workspaceOf(set, workspace)));
        });
        settings.projectIds().ifPresent(ids -> {
            set.projectIds.clear();
            ids.forEach(project -> set.projectIds.add(projectOf(set.organizationId, project, "projects")));
        });
        set.updatedAt = clock.instant();
        bounded(set);
    }

    private void bounded(VariableSetEntity set) {
        if (set.workspaceIds.size() + set.projectIds.size() > MOST_TARGETS) {
            throw Problem.unprocessable(
                    "A variable set may be applied to at most " + MOST_TARGETS + " workspaces and projects.");
        }
        if (set.projectId != null && !set.projectIds.stream().allMatch(set.projectId::equals)) {
            throw Problem.invalidRelationship(
                    "projects", "A variable set that a project owns can only be applied to that project");
        }
        store.flush();
    }

    private VariableSetEntity changing(String id) {
        VariableSetEntity set = store.forUpdate(id).orElseThrow(Problem::notFound);
        set.updatedAt = clock.instant();
        return set;
    }

    private String workspaceOf(VariableSetEntity set, String id) {
        return Optional.of(id)
                .filter(text -> Ids.isOne("ws", text))
                .flatMap(text -> workspaces.find(new WorkspaceId(text)))
                .filter(workspace -> workspace.organizationId().equals(set.organizationId))
                .filter(workspace -> set.projectId == null || set.projectId.equals(workspace.projectId()))
                .map(workspace -> workspace.id().value())
                .orElseThrow(() -> Problem.invalidRelationship(
                        "workspaces", "There is no workspace \"" + shown(id) + "\" that this set can be applied to"));
    }

    private String projectOf(String organizationId, String id, String relationship) {
        return projects.find(id)
                .filter(project -> project.organizationId().equals(organizationId))
                .map(Project::id)
                .orElseThrow(() -> Problem.invalidRelationship(
                        relationship, "There is no project \"" + shown(id) + "\" in this organization"));
    }

    private static String shown(String id) {
        return id.length() > 60 ? id.substring(0, 60) + "…" : id;
    }

    private static VariableSet view(VariableSetEntity set) {
        return new VariableSet(
                set.id,
                set.organizationId,
                Optional.ofNullable(set.projectId),
                set.name,
                set.description,
                set.global,
                set.priority,
                Set.copyOf(set.workspaceIds),
                Set.copyOf(set.projectIds),
                set.createdAt,
                set.updatedAt);
    }
}
