package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.setting.Settings;
import io.terrafleet.api.toolversion.ToolVersions;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The door to workspaces: their settings, and which run holds them. People's locks are at {@link WorkspaceLocks}. */
@Singleton
public class Workspaces {
    private final WorkspaceStore store;
    private final WorkspaceTotalStore totals;
    private final WorkspaceReading reading;
    private final Organizations organizations;
    private final Projects projects;
    private final WorkspaceExecution execution;
    private final ToolVersions versions;
    private final Settings installation;
    private final Grants grants;
    private final OauthClients oauth;
    private final Event<WorkspaceDeletion> deletions;
    private final Event<WorkspaceConnected> connections;
    private final Event<WorkspaceDisconnected> disconnections;
    private final InstantSource clock;
    private final RandomGenerator random;

    Workspaces(
            WorkspaceStore store,
            WorkspaceTotalStore totals,
            WorkspaceReading reading,
            Organizations organizations,
            Projects projects,
            WorkspaceExecution execution,
            ToolVersions versions,
            Settings installation,
            Grants grants,
            OauthClients oauth,
            Event<WorkspaceDeletion> deletions,
            Event<WorkspaceConnected> connections,
            Event<WorkspaceDisconnected> disconnections,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.totals = totals;
        this.reading = reading;
        this.organizations = organizations;
        this.projects = projects;
        this.execution = execution;
        this.versions = versions;
        this.installation = installation;
        this.grants = grants;
        this.oauth = oauth;
        this.deletions = deletions;
        this.connections = connections;
        this.disconnections = disconnections;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<Workspace> find(WorkspaceId id) {
        return store.findWithItsPlace(id.value()).map(reading::view);
    }

    /** @param name compared exactly */
    @Transactional
    public Optional<Workspace> byName(String organizationId, String name) {
        return store.byName(organizationId, name).map(reading::view);
    }

    /** Where workspaces stand among projects; of one that does not exist nothing. */
    @Transactional
    public Map<WorkspaceId, Place> places(Collection<WorkspaceId> ids) {
        Map<WorkspaceId, Place> places = new HashMap<>();
        Set<String> others = new HashSet<>();
        for (WorkspaceId id : ids) {
            store.seen(id.value()).ifPresentOrElse(row -> places.put(id, place(row)), () -> others.add(id.value()));
        }
        if (!others.isEmpty()) {
            store.titles(others).forEach(title -> places.put(new WorkspaceId(title.id), place(title)));
        }
        return places;
    }

    /** Like {@link #permitted}, for who needs nothing else of the workspace. */
    @Transactional
    public void require(Principal who, WorkspaceId id, Permission permission) {
        grants.require(who, place(id).orElseThrow(Problem::notFound), permission);
    }

    /** The workspace, when the caller may do this there: 404 when it may not be seen, else 403. */
    @Transactional
    public Workspace permitted(Principal who, String id, Permission permission) {
        if (!Ids.isOne("ws", id)) {
            throw Problem.notFound();
        }
        Workspace workspace = find(new WorkspaceId(id)).orElseThrow(Problem::notFound);
        grants.require(who, workspace.place(), permission);
        return workspace;
    }

    @Transactional
    public Workspace permitted(Principal who, String organizationName, String name, Permission permission) {
        Organization organization = organizations.permitted(who, organizationName, Permission.READ);
        Workspace workspace = byName(organization.id(), name).orElseThrow(Problem::notFound);
        grants.require(who, workspace.place(), permission);
        return workspace;
    }

    /** Locks the row until the caller's transaction ends, and reads what is true then. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Workspace forUpdate(WorkspaceId id) {
        return reading.view(store.forUpdate(id.value()).orElseThrow(Problem::notFound));
    }

    /** Locks the row until the caller's transaction ends, and says who holds the workspace. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Lock> hold(WorkspaceId id) {
        return WorkspaceReading.lock(store.forUpdate(id.value()).orElseThrow(Problem::notFound));
    }

    /** Where it lies, without all that a view of it costs. */
    @Transactional
    public Optional<Place> place(WorkspaceId id) {
        return store.seen(id.value()).map(Workspaces::place).or(() -> store.title(id.value())
                .map(Workspaces::place));
    }

    private static Place place(WorkspaceEntity row) {
        return Place.workspace(row.organizationId, row.projectId, row.id);
    }

    private static Place place(WorkspaceTitleEntity title) {
        return Place.workspace(title.organizationId, title.projectId, title.id);
    }

    /**
     * What people call it.
     *
     * @param organization the name of its organization
     */
    public record Title(String organization, String name) {}

    @Transactional
    public Title title(WorkspaceId id) {
        WorkspaceEntity row = store.find(id.value()).orElseThrow(Problem::notFound);
        return new Title(
                organizations
                        .find(row.organizationId)
                        .orElseThrow(Problem::notFound)
                        .name(),
                row.name);
    }

    @Transactional
    public List<Workspace> list(WorkspaceQuery wanted, int offset, int limit) {
        return reading.views(store.list(wanted, offset, limit).rows());
    }

    /** @param total of all pages */
    public record Listing(List<Workspace> workspaces, long total) {}

    /** A page with its total. */
    @Transactional
    public Listing page(WorkspaceQuery wanted, Page page) {
        WorkspaceStore.Found found = store.list(wanted, page.offset(), page.size());
        return new Listing(
                reading.views(found.rows()),
                found.total().orElseGet(() -> page.total(found.rows().size()).orElseGet(() -> totals.of(wanted))));
    }

    /** Without a project it goes to the organization's default one; without a version it takes {@code latest}. */
    @Transactional
    public Workspace create(String organizationId, WorkspaceSettings settings) {
        String name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        if (store.byName(organizationId, name).isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        requireRoom(organizationId);
        Instant now = clock.instant();
        WorkspaceEntity workspace = new WorkspaceEntity();
        workspace.id = Ids.make("ws", random);
        workspace.organizationId = organizationId;
        workspace.projectId = settings.projectId()
                .orElseGet(() -> projects.standardOf(organizationId).id());
        workspace.name = name;
        workspace.description = "";
        workspace.executionMode = "remote";
        workspace.ownExecutionMode = false;
        workspace.engine = "terraform";
        workspace.terraformVersion = "latest";
        workspace.workingDirectory = "";
        workspace.allowDestroyPlan = true;
        workspace.structuredRunOutput = true;
        workspace.globalRemoteState = installation.general().sharesState();
        workspace.createdAt = now;
        boolean moved = apply(settings, workspace, now);
        store.add(workspace);
        store.flush();
        return told(reading.view(workspace), moved);
    }

    private void requireRoom(String organizationId) {
        Optional<Integer> most = organizations
                .find(organizationId)
                .flatMap(organization -> organization.limits().workspaces())
                .or(() -> installation.general().workspacesPerOrganization());
        if (most.filter(limit -> store.countOfOrganization(organizationId) >= limit)
                .isPresent()) {
            throw Problem.unprocessable("The organization may have at most " + most.get()
                    + " workspaces; delete one, or ask a site administrator for more.");
        }
    }

    @Transactional
    public Workspace change(WorkspaceId id, WorkspaceSettings settings) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        settings.name()
                .flatMap(name -> store.byName(workspace.organizationId, name))
                .filter(other -> !other.id.equals(workspace.id))
                .ifPresent(other -> {
                    throw Problem.invalid("name", "Name has already been taken");
                });
        Optional<VcsRepo> before = reading.view(workspace).traits().vcsRepo();
        boolean moved = apply(settings, workspace, clock.instant());
        store.flush();
        Workspace changed = reading.view(workspace);
        before.filter(repo -> moved || changed.traits().vcsRepo().isEmpty())
                .ifPresent(repo -> disconnections.fire(new WorkspaceDisconnected(workspace.organizationId, repo)));
        return told(changed, moved);
    }

    private Workspace told(Workspace workspace, boolean moved) {
        if (moved) {
            connections.fire(new WorkspaceConnected(workspace));
        }
        return workspace;
    }

    /** The branches of a repository that workspaces follow; an empty text among them where it is the default branch. */
    @Transactional
    public List<String> branchesFollowed(String organizationId, Optional<String> oauthClientId, String identifier) {
        return store.branchesFollowed(organizationId, oauthClientId, identifier);
    }

    /** Those that take their configuration from there, by name; whatever the case of the identifier. */
    @Transactional
    public List<Workspace> following(String organizationId, Optional<String> oauthClientId, String identifier) {
        return reading.views(store.following(organizationId, oauthClientId, identifier));
    }

    /** The ids of the tokens that they name, each once, in the same order. */
    @Transactional
    public List<String> tokensFollowing(String organizationId, Optional<String> oauthClientId, String identifier) {
        return store.tokensFollowing(organizationId, oauthClientId, identifier).stream()
                .distinct()
                .toList();
    }

    /** Something was taken from its repository. */
    @Transactional
    public void taken(WorkspaceId id) {
        store.forUpdate(id.value()).ifPresent(workspace -> workspace.vcsAwaited = false);
    }

    /** The repository has another name from now on. */
    @Transactional
    public void renamed(String organizationId, String oauthClientId, String before, String identifier) {
        store.following(organizationId, Optional.of(oauthClientId), before).forEach(workspace -> {
            workspace.vcsWebUrl = workspace.vcsWebUrl.replace(before, identifier);
            workspace.vcsIdentifier = identifier;
        });
    }

    /**
     * With all that other rooms keep of it. Refused with 409 while somebody holds it.
     *
     * @param safe refuse too when it still manages resources
     */
    @Transactional
    public void delete(WorkspaceId id, boolean safe) {
        WorkspaceEntity row = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        Workspace workspace = reading.view(row);
        workspace.lock().ifPresent(lock -> {
            throw Problem.conflict("The workspace is locked by " + lock.holder().title() + " " + lock.holderName()
                    + "; a locked workspace cannot be deleted.");
        });
        if (safe && workspace.resourceCount() > 0) {
            throw Problem.conflict("The workspace still manages " + workspace.resourceCount()
                    + " resources; destroy them first, or delete without the safeguard.");
        }
        deletions.fire(new WorkspaceDeletion(workspace, safe));
        store.remove(row);
        store.flush();
    }

    /**
     * The run takes the workspace and becomes its current run. The run that has it already has it still.
     *
     * @return false when somebody else holds it
     */
    @Transactional
    public boolean holdForRun(WorkspaceId id, RunId run) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        Optional<Lock> lock = WorkspaceReading.lock(workspace);
        if (lock.isPresent()) {
            return lock.get().isOf(Holder.RUN, run.value());
        }
        Instant now = clock.instant();
        workspace.take(new Lock(Holder.RUN, run.value(), run.value(), "Run " + run.value(), now));
        workspace.currentRunId = run.value();
        workspace.currentRunSince = now;
        return true;
    }

    /** Nothing when another run is the current one. */
    @Transactional
    public void currentRunMoved(WorkspaceId id, RunId run, String status) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        if (run.value().equals(workspace.currentRunId)) {
            workspace.currentRunStatus = status;
        }
    }

    /** The run is the next to get the workspace, which somebody else holds. */
    @Transactional
    public void setCurrentRun(WorkspaceId id, RunId run) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        if (!run.value().equals(workspace.currentRunId)) {
            workspace.currentRunId = run.value();
            workspace.currentRunSince = clock.instant();
        }
    }

    /** Nothing when the run does not hold it. The run stays the current one until another takes the workspace. */
    @Transactional
    public void releaseFromRun(WorkspaceId id, RunId run) {
        store.forUpdate(id.value())
                .filter(workspace -> WorkspaceReading.lock(workspace)
                        .filter(lock -> lock.isOf(Holder.RUN, run.value()))
                        .isPresent())
                .ifPresent(WorkspaceEntity::letGo);
    }

    /** Told by whoever keeps state: there is a new current one, which manages so many resources. */
    @Transactional
    public void stateChanged(WorkspaceId id, int resources) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        workspace.resourceCount = resources;
        workspace.changedAt = clock.instant();
        AutoDestroy.active(workspace, workspace.changedAt);
    }

    /** The key for git module sources; must be of the workspace's organization. */
    @Transactional
    public Workspace assignSshKey(WorkspaceId id, Optional<String> sshKeyId) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        workspace.sshKeyId = sshKeyId.orElse(null);
        workspace.updatedAt = clock.instant();
        return reading.view(workspace);
    }

    /** Workspaces whose time of automatic destruction has come, and that manage something; at most 100. */
    @Transactional
    public List<WorkspaceId> dueForDestruction() {
        return store.dueForDestruction(clock.instant()).stream()
                .map(WorkspaceId::new)
                .toList();
    }

    /** A run destroys it, or could not be started: it does not happen again until there is new activity or a new time. */
    @Transactional
    public void destructionBegan(WorkspaceId id, String status) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        workspace.autoDestroyAt = null;
        workspace.autoDestroyStatus = status;
    }

    /** @return whether its configuration comes from another place from now on */
    private boolean apply(WorkspaceSettings settings, WorkspaceEntity workspace, Instant now) {
        settings.projectId().ifPresent(project -> workspace.projectId = projectOf(workspace.organizationId, project));
        settings.name().ifPresent(value -> workspace.name = value);
        settings.description().ifPresent(value -> workspace.description = value);
        settings.autoApply().ifPresent(value -> workspace.autoApply = value);
        execution.apply(settings, workspace);
        settings.engine().ifPresent(value -> workspace.engine = value);
        settings.terraformVersion().ifPresent(value -> workspace.terraformVersion = choosable(workspace, value));
        settings.workingDirectory().ifPresent(value -> workspace.workingDirectory = value);
        settings.allowDestroyPlan().ifPresent(value -> workspace.allowDestroyPlan = value);
        settings.queueAllRuns().ifPresent(value -> workspace.queueAllRuns = value);
        apply(settings.traits(), workspace, now);
        settings.structuredRunOutput().ifPresent(value -> workspace.structuredRunOutput = value);
        workspace.updatedAt = now;
        workspace.changedAt = now;
        return settings.traits()
                .vcsRepo()
                .map(repo -> repo.put(workspace, oauth))
                .orElse(false);
    }

    private static void apply(TraitSettings settings, WorkspaceEntity workspace, Instant now) {
        settings.autoApplyRunTrigger().ifPresent(value -> workspace.autoApplyRunTrigger = value);
        settings.speculativeEnabled().ifPresent(value -> workspace.speculativeEnabled = value);
        settings.fileTriggersEnabled().ifPresent(value -> workspace.fileTriggersEnabled = value);
        settings.triggerPrefixes().ifPresent(value -> workspace.triggerPrefixes = value.toArray(String[]::new));
        settings.triggerPatterns().ifPresent(value -> workspace.triggerPatterns = value.toArray(String[]::new));
        settings.sourceName().ifPresent(value -> workspace.sourceName = value);
        settings.sourceUrl().ifPresent(value -> workspace.sourceUrl = value);
        settings.globalRemoteState().ifPresent(value -> workspace.globalRemoteState = value);
        settings.projectRemoteState().ifPresent(value -> workspace.projectRemoteState = value);
        AutoDestroy.apply(settings, workspace, now);
    }

    private String choosable(WorkspaceEntity workspace, String version) {
        if (!version.equals(workspace.terraformVersion)) {
            boolean beta = organizations
                    .find(workspace.organizationId)
                    .map(organization -> organization.limits().betaTools())
                    .orElse(false);
            versions.requireChoosable(workspace.engine, version, beta);
        }
        return version;
    }

    private String projectOf(String organizationId, String projectId) {
        return projects.find(projectId)
                .filter(project -> project.organizationId().equals(organizationId))
                .map(Project::id)
                .orElseThrow(
                        () -> Problem.invalidRelationship("project", "There is no such project in this organization"));
    }
}
