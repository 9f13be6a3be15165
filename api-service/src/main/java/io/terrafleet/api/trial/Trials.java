package io.terrafleet.api.trial;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.assessment.Assessments;
import io.terrafleet.api.assessment.TrialAnswered;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.host.CommitStatus.State;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.ingress.Change;
import io.terrafleet.api.ingress.ChangeMoved;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.CommitJudged;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.policy.PolicyProposals;
import io.terrafleet.api.policy.PolicySet;
import io.terrafleet.api.policy.PolicySets;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunDocuments;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.TrialJudged;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.RunEvent.PlanTried;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The door to trials: begun by a pull request against a policy set's repository, over when all plans are judged or nobody waits any more. */
@ApplicationScoped
public class Trials {
    /** Plans that a proposal is tried on, the newest that the set has judged. */
    static final int MOST_PLANS = 20;

    private static final String CONSUMER = "api-policy-trials";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    private static final int MOST_TRIES = 12;

    private final TrialStore store;
    private final PolicyProposals proposals;
    private final PolicySets sets;
    private final Changes changes;
    private final Assessments assessments;
    private final Runs runs;
    private final RunDocuments documents;
    private final Workspaces workspaces;
    private final Artifacts artifacts;
    private final Messaging messaging;
    private final Event<Waiting> waiting;
    private final Event<CommitJudged> judged;
    private final PublicUrl publicUrl;
    private final InstantSource clock;
    private final RandomGenerator random;

    Trials(
            TrialStore store,
            PolicyProposals proposals,
            PolicySets sets,
            Changes changes,
            Assessments assessments,
            Runs runs,
            RunDocuments documents,
            Workspaces workspaces,
            Artifacts artifacts,
            @Identifier("api") Messaging messaging,
            Event<Waiting> waiting,
            Event<CommitJudged> judged,
            PublicUrl publicUrl,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.proposals = proposals;
        this.sets = sets;
        this.changes = changes;
        this.assessments = assessments;
        this.runs = runs;
        this.documents = documents;
        this.workspaces = workspaces;
        this.artifacts = artifacts;
        this.messaging = messaging;
        this.waiting = waiting;
        this.judged = judged;
        this.publicUrl = publicUrl;
        this.clock = clock;
        this.random = random;
    }

    /** There is something to do; looked for after the transaction. */
    record Waiting() {}

    /** A trial whose policies are to be fetched. */
    record Beginning(String id, Repo repo, Change change, PolicySet set) {}

    /**
     * What a trial made of one plan.
     *
     * @param before what the set said of it then, in a word
     * @param verdict what it would say; absent while that is not known
     */
    record Tried(
            String workspace,
            String runUrl,
            String before,
            Optional<String> verdict,
            List<String> failed,
            Optional<String> error) {}

    /** @param state {@code waiting}, {@code asked}, {@code done} or {@code failed} */
    record Trial(String policySet, String state, String note, List<Tried> plans) {}

    /** A stranger's proposal is not tried: by what its policies find, one could ask for anything that a plan holds. */
    void moved(@Observes ChangeMoved moved) {
        Change change = moved.change();
        Optional<PullRequest> pull = change.details().pullRequest();
        boolean worth = change.kind() == Change.Kind.PULL
                && change.state().equals("done")
                && change.approvedBy().isEmpty()
                && pull.filter(it -> it.open() && !it.draft()).isPresent();
        if (!worth) {
            return;
        }
        Repo repo = moved.repo();
        boolean standard = pull.orElseThrow().base().equals(repo.defaultBranch());
        for (PolicySet set : proposals.of(
                repo.organizationId(), repo.identifier(), pull.get().base(), standard)) {
            begin(repo, change, pull.get(), set);
        }
    }

    private void begin(Repo repo, Change change, PullRequest pull, PolicySet set) {
        if (store.isKnown(repo.id(), pull.number(), pull.head(), set.id())) {
            return;
        }
        TrialEntity row = new TrialEntity();
        row.id = Ids.make("ptrial", random);
        row.changeId = change.id();
        row.repositoryId = repo.id();
        row.pullNumber = pull.number();
        row.commit = pull.head();
        row.policySetId = set.id();
        row.state = TrialEntity.WAITING;
        row.dueAt = clock.instant();
        row.createdAt = clock.instant();
        store.add(row);
        say(repo, row, set, State.PENDING, "Asking what it would have decided");
        waiting.fire(new Waiting());
    }

    @Transactional
    List<String> due() {
        return store.due(clock.instant());
    }

    /** It is the caller's to begin; one whose answers are waited for too long ends here. */
    @Transactional
    Optional<Beginning> take(String id) {
        Instant now = clock.instant();
        Optional<TrialEntity> found = store.forUpdate(id).filter(row -> row.dueAt != null && !row.dueAt.isAfter(now));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TrialEntity row = found.get();
        Repo repo = changes.repository(row.repositoryId).orElseThrow();
        PolicySet set = sets.find(row.policySetId).orElseThrow();
        if (row.state.equals(TrialEntity.ASKED)) {
            end(row, repo, set);
            return Optional.empty();
        }
        row.dueAt = now.plus(PATIENCE);
        return changes.find(row.changeId).map(change -> new Beginning(id, repo, change, set));
    }

    /** The policies are here: the newest plans that the set has judged are sent to be judged again. */
    @Transactional
    void ask(Beginning trial, PolicySetRef proposed) {
        TrialEntity row = store.forUpdate(trial.id()).orElseThrow();
        row.artifactId = proposed.bundle().orElseThrow().id();
        row.state = TrialEntity.ASKED;
        row.dueAt = clock.instant().plus(PATIENCE);
        int asked = 0;
        for (RunId id : assessments.newestJudgedBy(trial.set().id(), MOST_PLANS)) {
            Optional<Run> run = runs.find(id);
            Optional<PlanOutcome> plan = run.flatMap(it -> RunView.plan(it.state()));
            Optional<Workspace> workspace = run.flatMap(it -> workspaces.find(it.workspace()));
            if (plan.isPresent() && workspace.isPresent()) {
                TrialPlanEntity each = new TrialPlanEntity();
                each.trialId = row.id;
                each.runId = id.value();
                each.before = before(id, trial.set().id());
                store.add(each);
                messaging
                        .outbox()
                        .add(new PlanTried(
                                id,
                                row.id,
                                plan.get().json(),
                                documents.of(run.orElseThrow(), workspace.get()),
                                proposed,
                                assessments.price(id),
                                clock.instant()));
                asked++;
            }
        }
        if (asked == 0) {
            end(row, trial.repo(), trial.set());
        }
    }

    private String before(RunId run, String policySetId) {
        return assessments
                .policy(run)
                .flatMap(decided -> decided.sets().stream()
                        .filter(set -> set.policySetId().equals(policySetId))
                        .findFirst())
                .map(Trials::word)
                .orElse("unknown");
    }

    private static String word(SetOutcome set) {
        boolean passed = set.error().isEmpty()
                && set.outcomes().stream().allMatch(outcome -> outcome.status().equals("passed"));
        return passed ? "passed" : "failed";
    }

    /** @param lasting whether another try cannot help */
    @Transactional
    void refused(Beginning trial, String why, boolean lasting) {
        store.forUpdate(trial.id()).ifPresent(row -> {
            row.tries++;
            row.note = why;
            if (lasting || row.tries >= MOST_TRIES) {
                row.state = TrialEntity.FAILED;
                row.dueAt = null;
                say(trial.repo(), row, trial.set(), State.ERROR, why);
            } else {
                Duration rest = Duration.ofSeconds(2L << row.tries);
                row.dueAt = clock.instant().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
            }
        });
    }

    /** An answer; of a trial that is over it changes nothing. */
    @Transactional
    void accept(@Observes TrialAnswered answered) {
        if (messaging.inbox().take(CONSUMER, answered.eventId())) {
            accept(answered.answer());
        }
    }

    private void accept(TrialJudged answer) {
        Optional<TrialEntity> trial =
                store.forUpdate(answer.trial()).filter(row -> row.state.equals(TrialEntity.ASKED));
        Optional<TrialPlanEntity> plan =
                trial.flatMap(row -> store.plan(row.id, answer.run().value()));
        if (plan.isEmpty()) {
            return;
        }
        plan.get().verdict = answer.verdict().word();
        plan.get().failed = String.join("\n", answer.failed());
        plan.get().error = answer.error().orElse(null);
        if (store.plans(answer.trial()).stream().allMatch(each -> each.verdict != null)) {
            TrialEntity row = trial.orElseThrow();
            end(
                    row,
                    changes.repository(row.repositoryId).orElseThrow(),
                    sets.find(row.policySetId).orElseThrow());
        }
    }

    private void end(TrialEntity row, Repo repo, PolicySet set) {
        row.state = TrialEntity.DONE;
        row.dueAt = null;
        Optional.ofNullable(row.artifactId).ifPresent(artifacts::delete);
        row.artifactId = null;
        List<TrialPlanEntity> plans = store.plans(row.id);
        Optional<String> unusable =
                plans.stream().map(plan -> plan.error).filter(Objects::nonNull).findFirst();
        row.note = unusable.orElseGet(() -> TrialText.sum(plans));
        say(repo, row, set, unusable.isPresent() ? State.ERROR : State.SUCCESS, row.note);
    }

    private void say(Repo repo, TrialEntity row, PolicySet set, State state, String text) {
        judged.fire(new CommitJudged(
                repo, row.commit, "terrafleet-policies/" + set.name(), state, text, publicUrl.of("/app")));
    }

    /** For the comment; empty where no policy set follows the repository. */
    @Transactional
    public Optional<String> text(String repositoryId, long number, String commit) {
        List<Trial> trials =
                store.of(repositoryId, number, commit).stream().map(this::view).toList();
        return trials.isEmpty() ? Optional.empty() : Optional.of(TrialText.of(commit, trials));
    }

    private Trial view(TrialEntity row) {
        String name = sets.find(row.policySetId).map(PolicySet::name).orElse(row.policySetId);
        return new Trial(
                name,
                row.state,
                row.note,
                store.plans(row.id).stream().map(this::view).toList());
    }

    private Tried view(TrialPlanEntity row) {
        Optional<Workspace> workspace =
                runs.find(new RunId(row.runId)).flatMap(run -> workspaces.find(run.workspace()));
        String page = workspace
                .map(it -> "/app/" + it.organizationName() + "/" + it.name() + "/runs/" + row.runId)
                .orElse("/app");
        return new Tried(
                workspace.map(Workspace::name).orElse(row.runId),
                publicUrl.of(page),
                row.before,
                Optional.ofNullable(row.verdict),
                lines(row.failed),
                Optional.ofNullable(row.error));
    }

    private static List<String> lines(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().toList();
    }
}
