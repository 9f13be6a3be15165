package io.terrafleet.cost.decision;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.contracts.usage.UsageDocument;
import io.terrafleet.contracts.usage.UsageUnreadable;
import io.terrafleet.cost.budget.Dollars;
import io.terrafleet.cost.budget.Surroundings;
import io.terrafleet.cost.download.Downloads;
import io.terrafleet.cost.download.Unavailable;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Estimator;
import io.terrafleet.cost.history.CostHistory;
import io.terrafleet.cost.pricelist.PriceLists;
import io.terrafleet.cost.resource.UsageFile;
import io.terrafleet.messaging.Inbox;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.messaging.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The door: decides on a completed plan once, however often it is told of it. */
public final class Decisions {
    private static final Logger LOG = Logger.getLogger(Decisions.class);
    private static final String CONSUMER = "decisions";

    private final Downloads downloads;
    private final PriceLists prices;
    private final DecisionStore store;
    private final CostHistory history;
    private final Inbox inbox;
    private final Outbox outbox;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Timer estimation;
    private final long mostPlanBytes;

    /** @param mostPlanBytes larger plans are not read; see {@link PlanDocument#mostFor} */
    public Decisions(
            Downloads downloads,
            PriceLists prices,
            DecisionStore store,
            CostHistory history,
            Messaging messaging,
            InstantSource clock,
            MeterRegistry metrics,
            long mostPlanBytes) {
        this.downloads = downloads;
        this.prices = prices;
        this.store = store;
        this.history = history;
        this.inbox = messaging.inbox();
        this.outbox = messaging.outbox();
        this.clock = clock;
        this.metrics = metrics;
        this.estimation = Timer.builder("terrafleet.cost.estimation")
                .description("Parsing a plan and pricing its resources")
                .register(metrics);
        this.mostPlanBytes = mostPlanBytes;
    }

    /**
     * Prices the plan and judges it. What is wrong with the plan itself becomes a decision that says so.
     *
     * @throws io.terrafleet.messaging.TryLater when the api cannot serve the plan now
     */
    public void decide(String eventId, PlanCompleted plan) {
        if (!inbox.hasTaken(CONSUMER, eventId)) {
            tell(eventId, plan, outcome(plan));
        }
    }

    /** Deciding failed again and again for a reason of ours; the run is told, so that it does not wait. */
    public void giveUp(String eventId, PlanCompleted plan) {
        CostDecided decision = Decision.errored(
                plan, "Estimating this plan failed in the cost-service; its log has the cause", clock.instant());
        tell(eventId, plan, new Outcome(decision, null));
    }

    private record Outcome(CostDecided decision, @Nullable Estimate estimate) {}

    private Outcome outcome(PlanCompleted plan) {
        if (!plan.document().targetAddrs().isEmpty()) {
            return new Outcome(Decision.targeted(plan, clock.instant()), null);
        }
        if (plan.plan().size() > mostPlanBytes) {
            String why = "The plan is " + plan.plan().size() + " bytes long, and at most " + mostPlanBytes
                    + " are read here; the cost-service needs more memory (-Xmx) for larger ones";
            return new Outcome(Decision.errored(plan, why, clock.instant()), null);
        }
        try {
            byte[] json = downloads.fetch(plan.plan(), "plan", mostPlanBytes);
            UsageFile usage = usage(plan);
            Timer.Sample started = Timer.start(metrics);
            Estimate estimate = new Estimator(prices.book()).estimate(PlanDocument.parse(json), usage);
            started.stop(estimation);
            return new Outcome(Decision.finished(plan, estimate, surroundings(plan), clock.instant()), estimate);
        } catch (Unavailable e) {
            return new Outcome(Decision.errored(plan, e.reason(), clock.instant()), null);
        } catch (PlanUnreadable e) {
            String why = "The plan cannot be read: " + e.getMessage();
            return new Outcome(Decision.errored(plan, why, clock.instant()), null);
        } catch (UsageUnreadable e) {
            String why = "The usage of the workspace's resources cannot be read: " + e.getMessage();
            return new Outcome(Decision.errored(plan, why, clock.instant()), null);
        } catch (OutOfMemoryError e) {
            String why = "The cost-service has too little memory for this plan (-Xmx)";
            return new Outcome(Decision.errored(plan, why, clock.instant()), null);
        }
    }

    private UsageFile usage(PlanCompleted plan) throws Unavailable, UsageUnreadable {
        UsageFile usage = UsageFile.NONE;
        for (ArtifactRef file : plan.usage().orElse(List.of())) {
            byte[] yaml = downloads.fetch(file, "usage file", UsageDocument.MOST_BYTES);
            usage = usage.under(UsageFile.parse(new String(yaml, StandardCharsets.UTF_8)));
        }
        return usage;
    }

    private Surroundings surroundings(PlanCompleted plan) {
        if (plan.budgets().isEmpty()) {
            return Surroundings.NONE;
        }
        CostHistory.Others others = history.others(
                plan.document().organization(),
                plan.document().project().id(),
                plan.document().workspace().id());
        return new Surroundings(others.project(), others.organization());
    }

    private void tell(String eventId, PlanCompleted plan, Outcome outcome) {
        CostDecided decision = outcome.decision();
        boolean first = QuarkusTransaction.joiningExisting().call(() -> {
            if (!inbox.take(CONSUMER, eventId)) {
                return false;
            }
            store.put(plan, decision, outcome.estimate());
            outbox.add(decision);
            return true;
        });
        if (first) {
            count(decision);
            LOG.infof(
                    "runId=%s workspaceId=%s eventId=%s: cost %s, %s a month (%s), %s",
                    plan.run(),
                    plan.document().workspace().id(),
                    eventId,
                    decision.status(),
                    Dollars.of(decision.proposedMonthly()),
                    Dollars.of(decision.deltaMonthly()),
                    decision.verdict().word());
        }
    }

    private void count(CostDecided decision) {
        metrics.counter(
                        "terrafleet.cost.decisions",
                        "status",
                        decision.status().toLowerCase(Locale.ROOT),
                        "verdict",
                        decision.verdict().word())
                .increment();
    }
}
