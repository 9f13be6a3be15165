package io.terrafleet.api.assessment;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The door to overriding what blocks a plan. A run goes on when every part that blocks it was overridden by as many people as its sets ask
 * for; until then each of them is noted.
 */
@ApplicationScoped
public class Overrides {
    private final AssessmentStore store;
    private final Assessments assessments;
    private final Runs runs;
    private final InstantSource clock;
    private final RandomGenerator random;

    Overrides(
            AssessmentStore store,
            Assessments assessments,
            Runs runs,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.assessments = assessments;
        this.runs = runs;
        this.clock = clock;
        this.random = random;
    }

    /** Somebody's word that a part is to be set aside. */
    record Approval(String name, String comment, Instant at) {}

    /** In everything that still blocks the run. */
    @Transactional
    public Run override(RunId id, Principal who, String comment) {
        Run run = runs.find(id).orElseThrow(Problem::notFound);
        List<Part> open =
                Arrays.stream(Part.values()).filter(part -> isOpen(run, part)).toList();
        if (open.isEmpty()) {
            return refuse(run, who, comment);
        }
        Run after = run;
        for (Part part : open) {
            after = override(id, part, who, comment);
        }
        return after;
    }

    /** Refused when nothing blocks there, and for whom the sets do not want. */
    @Transactional
    Run override(RunId id, Part part, Principal who, String comment) {
        Run run = runs.hold(id).orElseThrow(Problem::notFound);
        if (!(run.state() instanceof RunState.AwaitingOverride)) {
            return refuse(run, who, comment);
        }
        Demand demand = demand(run, part);
        if (!isOpen(run, part)) {
            throw Problem.conflict(
                    demand.blocked()
                            ? "It is overridden already; the run waits for another part."
                            : "Nothing blocks the plan here: it was another part that did.");
        }
        Optional<Problem> unwanted = unwanted(run, part, demand, who);
        if (unwanted.isPresent()) {
            throw unwanted.get();
        }
        store.add(row(id, part, who, comment));
        boolean done = Arrays.stream(Part.values()).noneMatch(other -> isOpen(run, other));
        if (!done) {
            runs.note(id, "override_approved", who.name(), comment);
            return run;
        }
        String names =
                store.approvals(id).stream().map(row -> row.userName).distinct().collect(Collectors.joining(", "));
        return runs.wish(id, new RunInput.OverrideBlock(names), "overridden", comment);
    }

    /** The lifecycle says why there is nothing to override. */
    private Run refuse(Run run, Principal who, String comment) {
        return runs.wish(run.id(), new RunInput.OverrideBlock(who.name()), "overridden", comment);
    }

    /** How many others must still override the run after somebody has; empty where that one's word is not wanted. */
    @Transactional
    public OptionalInt othersAfter(Run run, Principal who) {
        List<Part> open =
                Arrays.stream(Part.values()).filter(part -> isOpen(run, part)).toList();
        boolean wanted = open.stream()
                .noneMatch(part -> unwanted(run, part, demand(run, part), who).isPresent());
        return wanted ? open.stream().mapToInt(part -> missing(run, part) - 1).max() : OptionalInt.empty();
    }

    /** Why somebody's word is not wanted. */
    private Optional<Problem> unwanted(Run run, Part part, Demand demand, Principal who) {
        if (demand.personal() && !who.isUser()) {
            return Optional.of(Problem.forbidden("This must be overridden by people: use a user's token."));
        }
        if (!demand.authorMay() && who.id().equals(run.createdById())) {
            return Optional.of(
                    Problem.forbidden("Whoever has started the run may not override this; somebody else has to."));
        }
        if (store.approvals(run.id()).stream()
                .anyMatch(row -> row.part.equals(part.word()) && row.userId.equals(who.id()))) {
            return Optional.of(Problem.conflict("You have overridden this already; it takes " + demand.approvals()
                    + " people, and " + missing(run, part) + " more must do so."));
        }
        return Optional.empty();
    }

    private ApprovalEntity row(RunId id, Part part, Principal who, String comment) {
        ApprovalEntity row = new ApprovalEntity();
        row.id = Ids.make("ova", random);
        row.runId = id.value();
        row.part = part.word();
        row.userId = who.id();
        row.userName = who.name();
        row.comment = comment;
        row.createdAt = clock.instant();
        return row;
    }

    /** In the order in which they came. */
    @Transactional
    List<Approval> approvals(Run run, Part part) {
        return store.approvals(run.id()).stream()
                .filter(row -> row.part.equals(part.word()))
                .map(row -> new Approval(row.userName, row.comment, row.createdAt))
                .toList();
    }

    /** Who has set aside what blocked the run, and why, in the order in which they came. */
    @Transactional
    public List<String> said(Run run) {
        return store.approvals(run.id()).stream()
                .map(row -> row.comment.isEmpty() ? row.userName : row.userName + ": " + row.comment)
                .distinct()
                .toList();
    }

    /** What a part takes. What is no policy set's — cost, run tasks — blocks in the task stage. */
    @Transactional
    Demand demand(Run run, Part part) {
        Optional<PolicyDecided> decided = assessments.policy(run.id());
        Demand demand = decided.map(said -> Demand.of(said, part)).orElse(new Demand(false, 1, true));
        if (part != Part.TASK_STAGE || demand.blocked()) {
            return demand;
        }
        boolean byCost = assessments
                .cost(run.id())
                .filter(cost -> cost.verdict() != Verdict.APPROVE)
                .isPresent();
        boolean byCheck = decided.map(said -> Demand.of(said, Part.POLICY_CHECK).blocked())
                .orElse(false);
        boolean blocks = run.state() instanceof RunState.AwaitingOverride || run.state() instanceof RunState.Rejected;
        return new Demand(byCost || (blocks && !byCheck), 1, true);
    }

    /** Whether the run waits for this part to be overridden. */
    @Transactional
    boolean isOpen(Run run, Part part) {
        return run.state() instanceof RunState.AwaitingOverride
                && demand(run, part).blocked()
                && missing(run, part) > 0;
    }

    private int missing(Run run, Part part) {
        return demand(run, part).approvals() - approvals(run, part).size();
    }

    /** How far the people have come, in a sentence; empty where one of them is enough. */
    @Transactional
    public Optional<String> progress(Run run) {
        if (!(run.state() instanceof RunState.AwaitingOverride)) {
            return Optional.empty();
        }
        return Arrays.stream(Part.values())
                .map(part -> standing(run, part))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The same of one part, also when it is overridden already. */
    @Transactional
    Optional<String> standing(Run run, Part part) {
        Demand demand = demand(run, part);
        return demand.blocked() && demand.personal()
                ? Optional.of(words(demand, approvals(run, part)))
                : Optional.empty();
    }

    /** Whether somebody has given a word that this part waits for, but waits for others too. */
    @Transactional
    boolean hasDone(Run run, Part part, Principal who) {
        return isOpen(run, part)
                && store.approvals(run.id()).stream()
                        .anyMatch(row -> row.part.equals(part.word()) && row.userId.equals(who.id()));
    }

    private static String words(Demand demand, List<Approval> approvals) {
        String names = approvals.stream()
                .map(approval -> approval.comment().isEmpty()
                        ? approval.name()
                        : approval.name() + " (" + approval.comment() + ")")
                .collect(Collectors.joining(", "));
        return "Override: " + approvals.size() + " of " + demand.approvals() + " approved"
                + (names.isEmpty() ? "" : ": " + names)
                + (demand.authorMay() ? "." : ". Whoever has started the run may not approve it.");
    }
}
