package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostEvent;
import io.terrafleet.api.host.HostEvent.Sender;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.VcsRepo;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceConnected;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to what happened in repositories. Telling it twice changes nothing, and what is told out of order is looked at afresh. */
@ApplicationScoped
public class Changes {
    /** The origin of what our own look at a repository found. */
    static final String LOOK = "look";

    /** How the origin begins of what somebody replays. */
    static final String REPLAY = "replay of ";

    private final IngressStore store;
    private final Workspaces workspaces;
    private final OauthClients oauth;
    private final Names names;
    private final PullRequests pullRequests;
    private final Event<ChangesWaiting> waiting;
    private final Following following;
    private final InstantSource clock;
    private final RandomGenerator random;

    Changes(
            IngressStore store,
            Workspaces workspaces,
            OauthClients oauth,
            Names names,
            PullRequests pullRequests,
            Event<ChangesWaiting> waiting,
            Following following,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.workspaces = workspaces;
        this.oauth = oauth;
        this.names = names;
        this.pullRequests = pullRequests;
        this.waiting = waiting;
        this.following = following;
        this.clock = clock;
        this.random = random;
    }

    /** There is something to do; looked for after the transaction. */
    record ChangesWaiting() {}

    /**
     * Takes what a host told.
     *
     * @param origin the delivery's id
     * @param again whether it counts although it is known: somebody replays it
     * @return what becomes of it, for people
     */
    @Transactional
    public String accept(String clientId, HostEvent event, String origin, boolean again) {
        String organization = oauth.organizationOf(clientId).orElseThrow(Problem::notFound);
        if (event instanceof HostEvent.Renamed renamed) {
            return names.told(organization, clientId, renamed);
        }
        Optional<RepositoryEntity> found = names.called(organization, clientId, event.repository())
                .flatMap(row -> store.repositoryForUpdate(row.id));
        if (found.isEmpty()) {
            return "no workspace follows the repository " + event.repository();
        }
        RepositoryEntity repository = found.get();
        following.told(organization, clientId, repository.identifier, event);
        String told = again ? REPLAY + origin : origin;
        return switch (event) {
            case HostEvent.Pushed pushed -> pushed(repository, pushed, told, again);
            case HostEvent.Tagged tagged -> tagged(repository, tagged, told, again);
            case HostEvent.PullRequestMoved moved -> moved(repository, moved, told);
            case HostEvent.PullRequestClosed closed -> pullRequests.close(repository.id, closed.number());
            case HostEvent.Commented commented -> following.commented(repository, commented);
            case HostEvent.Renamed renamed -> "renamed";
            case HostEvent.Other other -> "nothing to do: " + other.what();
        };
    }

    private String pushed(RepositoryEntity repository, HostEvent.Pushed pushed, String origin, boolean again) {
        boolean standard = repository.defaultBranch.isEmpty() || repository.defaultBranch.equals(pushed.branch());
        boolean followed =
                workspaces
                        .branchesFollowed(repository.organizationId, repository.client(), repository.identifier)
                        .stream()
                        .anyMatch(branch -> branch.equals(pushed.branch()) || (branch.isEmpty() && standard));
        if (!followed) {
            return "no workspace follows the branch " + pushed.branch();
        }
        Optional<HeadEntity> head = store.head(repository.id, "refs/heads/" + pushed.branch());
        if (head.isPresent() && !again) {
            if (head.get().commit.equals(pushed.commit())) {
                return "already known: " + pushed.branch() + " is at " + pushed.commit();
            }
            if (pushed.before().isPresent() && !pushed.before().get().equals(head.get().commit)) {
                repository.lookDueAt = clock.instant();
                waiting.fire(new ChangesWaiting());
                return "not in order: the repository is looked at";
            }
        }
        Optional<String> before = head.map(row -> row.commit).or(pushed::before);
        at(repository, "refs/heads/" + pushed.branch(), pushed.commit());
        return add(
                repository,
                Change.Kind.PUSH,
                pushed.branch(),
                pushed.commit(),
                again ? pushed.before() : before,
                new Change.Details(pushed.sender(), pushed.url(), pushed.compareUrl(), Optional.empty()),
                origin);
    }

    private String tagged(RepositoryEntity repository, HostEvent.Tagged tagged, String origin, boolean again) {
        String ref = "refs/tags/" + tagged.tag();
        boolean known = store.head(repository.id, ref)
                .filter(head -> head.commit.equals(tagged.commit()))
                .isPresent();
        if (known && !again) {
            return "already known: the tag " + tagged.tag();
        }
        at(repository, ref, tagged.commit());
        return add(
                repository,
                Change.Kind.TAG,
                tagged.tag(),
                tagged.commit(),
                Optional.empty(),
                new Change.Details(tagged.sender(), tagged.url(), "", Optional.empty()),
                origin);
    }

    /** Its commit is asked of the host when it is looked at: until then it may have moved on. */
    private String moved(RepositoryEntity repository, HostEvent.PullRequestMoved moved, String origin) {
        String name = Long.toString(moved.number());
        Optional<ChangeEntity> latest = store.latest(repository.id, Change.Kind.PULL.word(), name)
                .filter(change -> change.state.equals(ChangeEntity.WAITING) && change.commit.isEmpty());
        if (latest.isPresent()) {
            return "already waiting: " + latest.get().id;
        }
        Change.Details details = new Change.Details(moved.sender(), "", "", Optional.empty());
        return add(repository, Change.Kind.PULL, name, "", Optional.empty(), details, origin);
    }

    /** What our own look found: the branch, or tag, is somewhere else than we knew. */
    @Transactional
    void found(String repositoryId, Change.Kind kind, String name, String commit, boolean tell) {
        RepositoryEntity repository = store.repositoryForUpdate(repositoryId).orElseThrow();
        String ref = (kind == Change.Kind.TAG ? "refs/tags/" : "refs/heads/") + name;
        Optional<String> before = store.head(repositoryId, ref).map(head -> head.commit);
        if (before.filter(commit::equals).isPresent()) {
            return;
        }
        at(repository, ref, commit);
        if (tell) {
            Change.Details details = new Change.Details(Sender.UNKNOWN, "", "", Optional.empty());
            add(repository, kind, name, commit, before, details, LOOK);
        }
    }

    /** A pull request is at another commit than we knew. */
    @Transactional
    void found(String repositoryId, long number) {
        RepositoryEntity repository = store.repositoryForUpdate(repositoryId).orElseThrow();
        moved(repository, new HostEvent.PullRequestMoved(repository.identifier, number, Sender.UNKNOWN), LOOK);
    }

    /** Somebody asks that a pull request is planned once more, whatever is known of it. */
    @Transactional
    public void again(String repositoryId, long number, String origin) {
        RepositoryEntity repository = store.repositoryForUpdate(repositoryId).orElseThrow();
        moved(
                repository,
                new HostEvent.PullRequestMoved(repository.identifier, number, Sender.UNKNOWN),
                REPLAY + origin);
    }

    /** Workspaces wait for a first configuration of the branch. */
    @Transactional
    void connect(String repositoryId, String branch, String commit) {
        RepositoryEntity repository = store.repositoryForUpdate(repositoryId).orElseThrow();
        at(repository, "refs/heads/" + branch, commit);
        boolean waits = store.latest(repositoryId, Change.Kind.CONNECT.word(), branch)
                .filter(ChangeEntity::unfinished)
                .isPresent();
        if (!waits) {
            Change.Details details = new Change.Details(Sender.UNKNOWN, "", "", Optional.empty());
            add(repository, Change.Kind.CONNECT, branch, commit, Optional.empty(), details, "connect");
        }
    }

    /** The repository is known from now on, and looked at as soon as the transaction is over. */
    void connected(@Observes WorkspaceConnected connected) {
        Workspace workspace = connected.workspace();
        VcsRepo vcs = workspace.traits().vcsRepo().orElseThrow();
        Instant now = clock.instant();
        RepositoryEntity row = following.known(workspace.organizationId(), vcs.oauthClientId(), vcs.identifier());
        row.lookDueAt = now;
        waiting.fire(new ChangesWaiting());
    }

    /** Whether a workspace, or anything else, takes something from the repository. */
    @Transactional
    public boolean isFollowed(Repo repo) {
        return following.isFollowed(repo);
    }

    /** Lets a held change go on, as what it is: without anything sensitive. */
    @Transactional
    public Change approve(String id, String by) {
        ChangeEntity row = store.changeForUpdate(id).orElseThrow(Problem::notFound);
        if (!row.state.equals(ChangeEntity.HELD)) {
            throw Problem.conflict("The change is " + row.state + " and waits for nobody's approval.");
        }
        row.state = ChangeEntity.WAITING;
        row.approvedBy = by;
        row.dueAt = clock.instant();
        row.note = "approved by " + by;
        store.flush();
        waiting.fire(new ChangesWaiting());
        return view(row);
    }

    @Transactional
    public Optional<Change> find(String id) {
        return store.change(id).map(this::view);
    }

    @Transactional
    public Optional<Repo> repository(String id) {
        return store.repository(id).map(Changes::view);
    }

    /** Newest first. */
    @Transactional
    public List<Change> list(String organizationId, int offset, int limit) {
        return store.changesOf(organizationId, offset, limit).stream()
                .map(this::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId) {
        return store.countChanges(organizationId);
    }

    /** The numbers of the open pull requests whose newest commit it is. */
    @Transactional
    public List<Long> pullRequestsAt(String repositoryId, String commit) {
        return store.openPullRequests(repositoryId).stream()
                .filter(row -> row.head.equals(commit))
                .map(row -> row.number)
                .toList();
    }

    /** The newest that says something of the pull request's newest commit. */
    @Transactional
    public Optional<Change> ofPullRequest(String repositoryId, long number) {
        return store.named(repositoryId, Change.Kind.PULL.word(), Long.toString(number)).stream()
                .filter(row -> !row.commit.isEmpty() && !row.state.equals(ChangeEntity.SUPERSEDED))
                .map(this::view)
                .filter(change ->
                        !change.state().equals("done") || !change.outcomes().isEmpty())
                .findFirst();
    }

    private void at(RepositoryEntity repository, String ref, String commit) {
        Optional<HeadEntity> known = store.head(repository.id, ref);
        known.ifPresent(head -> head.commit = commit);
        if (known.isEmpty()) {
            HeadEntity head = new HeadEntity();
            head.repositoryId = repository.id;
            head.ref = ref;
            head.commit = commit;
            store.add(head);
        }
    }

    private String add(
            RepositoryEntity repository,
            Change.Kind kind,
            String name,
            String commit,
            Optional<String> before,
            Change.Details details,
            String origin) {
        Instant now = clock.instant();
        ChangeEntity row = new ChangeEntity();
        row.id = Ids.make("chg", random);
        row.repositoryId = repository.id;
        row.kind = kind.word();
        row.name = name;
        row.commit = commit;
        row.before = before.orElse(null);
        row.details = write(details);
        row.state = ChangeEntity.WAITING;
        row.origin = origin;
        row.dueAt = now;
        row.createdAt = now;
        store.add(row);
        waiting.fire(new ChangesWaiting());
        return "taken as " + row.id;
    }

    Change view(ChangeEntity row) {
        return new Change(
                row.id,
                row.number,
                row.repositoryId,
                Change.kind(row.kind),
                row.name,
                row.commit,
                Optional.ofNullable(row.before),
                read(row.details),
                row.state,
                row.note,
                row.origin,
                row.tries,
                Optional.ofNullable(row.approvedBy),
                row.createdAt,
                store.runs(row.id).stream()
                        .map(each -> new Change.Outcome(
                                new WorkspaceId(each.workspaceId),
                                Optional.ofNullable(each.runId).map(RunId::new),
                                each.note))
                        .toList());
    }

    static Repo view(RepositoryEntity row) {
        return new Repo(row.id, row.organizationId, row.client(), row.identifier, row.defaultBranch);
    }

    static String write(Change.Details details) {
        return new String(Json.write(details), StandardCharsets.UTF_8);
    }

    private static Change.Details read(String json) {
        try {
            return Change.details(Json.mapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException("a change is not kept as JSON", e);
        }
    }
}
