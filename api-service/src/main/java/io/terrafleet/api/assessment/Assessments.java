package io.terrafleet.api.assessment;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.RunEvent.PlanPriced;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the judges' decisions: keeps them for people and moves the run, in one transaction. */
@ApplicationScoped
public class Assessments {
    static final String COST_CONSUMER = "api-cost-decisions";
    static final String POLICY_CONSUMER = "api-policy-decisions";

    private final AssessmentStore store;
    private final Runs runs;
    private final Messaging messaging;
    private final InternalKey key;
    private final InstantSource clock;

    Assessments(
            AssessmentStore store,
            Runs runs,
            @Identifier("api") Messaging messaging,
            @Identifier("api") InternalKey key,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.messaging = messaging;
        this.key = key;
        this.clock = clock;
    }

    @Transactional
    public void accept(String eventId, CostDecided decided) {
        if (!messaging.inbox().take(COST_CONSUMER, eventId) || !isAbout(decided.run(), decided.planSha256())) {
            return;
        }
        if (store.putCost(decided.run(), json(decided), clock.instant())) {
            runs.accept(
                    decided.run(),
                    new RunInput.CostDecided(decided.planSha256(), decided.verdict(), decided.reasons()));
            messaging.outbox().add(priced(decided));
        }
    }

    @Transactional
    public void accept(String eventId, PolicyDecided decided) {
        if (!messaging.inbox().take(POLICY_CONSUMER, eventId) || !isAbout(decided.run(), decided.planSha256())) {
            return;
        }
        if (store.putPolicy(decided.run(), json(decided), clock.instant())) {
            decided.sets()
                    .forEach(set -> store.addOutcome(
                            outcomeId(decided.run(), set.policySetId()),
                            decided.run(),
                            set.policySetId(),
                            decided.decidedAt()));
            store.flush();
            runs.accept(
                    decided.run(),
                    new RunInput.PolicyDecided(decided.planSha256(), decided.verdict(), decided.reasons()));
        }
    }

    /** {@code psout-} and 16 characters that follow from run and set. */
    String outcomeId(RunId run, String policySetId) {
        return "psout-"
                + key.sign("policy-set-outcome", run + "\n" + policySetId).substring(0, 16);
    }

    @Transactional
    Optional<Run> runOfOutcome(String outcomeId) {
        return store.runOfOutcome(outcomeId).flatMap(runs::find);
    }

    /** Says again what the run's judges, or its worker, may not have heard; the price too, when it was told already. */
    @Transactional
    void announceAgain(RunId id) {
        runs.announceAgain(id)
                .filter(run -> run.state() instanceof RunState.Assessing)
                .flatMap(run -> cost(run.id()))
                .map(Assessments::priced)
                .ifPresent(messaging.outbox()::add);
    }

    /** A decision that could not be taken must not leave the run waiting: without a verdict nothing is applied. */
    @Transactional
    public void unreadable(RunId run, String planSha256, String judge) {
        List<String> reasons = List.of("The decision of " + judge + " could not be taken; the server's log says why.");
        runs.accept(
                run,
                judge.equals("cost-service")
                        ? new RunInput.CostDecided(planSha256, Verdict.BLOCK, reasons)
                        : new RunInput.PolicyDecided(planSha256, Verdict.BLOCK, reasons));
    }

    @Transactional
    public Optional<CostDecided> cost(RunId run) {
        return store.find(run).map(row -> row.cost).map(json -> read(json, CostDecided.class));
    }

    @Transactional
    public Optional<PolicyDecided> policy(RunId run) {
        return store.find(run).map(row -> row.policy).map(json -> read(json, PolicyDecided.class));
    }

    /** The newest runs whose plan the set has judged. */
    @Transactional
    public List<RunId> newestJudgedBy(String policySetId, int most) {
        return store.newestJudgedBy(policySetId, most);
    }

    /** What is told of a plan's price; empty while there is none. */
    @Transactional
    public Optional<PlanPriced> price(RunId run) {
        return cost(run).map(Assessments::priced);
    }

    /** Only a decision on exactly the run's own plan counts, and only while it is asked for. */
    private boolean isAbout(RunId id, String planSha256) {
        Optional<Run> run = runs.hold(id);
        return run.isPresent()
                && run.get().state() instanceof RunState.Assessing
                && RunView.plan(run.get().state())
                        .filter(plan -> plan.json().sha256().equals(planSha256))
                        .isPresent();
    }

    private static PlanPriced priced(CostDecided decided) {
        boolean finished =
                decided.status().equals("finished") && decided.currency().isEmpty();
        Optional<String> foreign = decided.currency().map(currency -> "the estimate is in " + currency);
        return new PlanPriced(
                decided.run(),
                decided.planSha256(),
                finished ? Optional.of(decided.priorMonthly()) : Optional.empty(),
                finished ? Optional.of(decided.proposedMonthly()) : Optional.empty(),
                finished ? Optional.of(decided.deltaMonthly()) : Optional.empty(),
                finished ? Optional.empty() : foreign.or(decided::error).or(() -> Optional.of(decided.status())),
                decided.decidedAt());
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            @Nullable T value = Json.mapper().readValue(json, type);
            return java.util.Objects.requireNonNull(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
