package io.terrafleet.cost.history;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.CostReport.CostRecorded;
import io.terrafleet.contracts.event.CostReport.CostShare;
import io.terrafleet.contracts.event.CostRequest.WorkspaceForgotten;
import io.terrafleet.contracts.event.RunEvent.RunFinished;
import io.terrafleet.messaging.Inbox;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.messaging.Outbox;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The door: remembers what every apply made a workspace cost, tells it, and knows from it what the other workspaces that share a budget
 * cost.
 */
public final class CostHistory {
    private static final Logger LOG = Logger.getLogger(CostHistory.class);
    private static final String CONSUMER = "history";
    private static final String FORGETTER = "history-forgets";
    private static final String APPLIED = "applied";

    private final HistoryStore store;
    private final Inbox inbox;
    private final Outbox outbox;
    private final ProjectGauges gauges;

    public CostHistory(HistoryStore store, Messaging messaging, MeterRegistry metrics, InstantSource clock) {
        this.store = store;
        this.inbox = messaging.inbox();
        this.outbox = messaging.outbox();
        this.gauges = new ProjectGauges(metrics, store::projects, clock);
    }

    /** Shows what is remembered; call once at the start. */
    public void show() {
        gauges.show();
    }

    /**
     * What other workspaces cost a month now.
     *
     * @param project those of the same project
     * @param organization those of the whole organization
     */
    public record Others(BigDecimal project, BigDecimal organization) {}

    /** A run is over; once for each, however often it is told. Only an apply changes what a workspace costs. */
    public void finished(String eventId, RunFinished run) {
        if (!run.status().equals(APPLIED) || inbox.hasTaken(CONSUMER, eventId)) {
            return;
        }
        boolean first = QuarkusTransaction.joiningExisting().call(() -> {
            boolean taken = inbox.take(CONSUMER, eventId);
            if (taken) {
                store.estimated(run.run().value(), run.finishedAt())
                        .ifPresentOrElse(
                                this::record,
                                () -> LOG.infof(
                                        "runId=%s workspaceId=%s: applied without an estimate; its cost is not known",
                                        run.run(), run.workspace()));
            }
            return taken;
        });
        if (first) {
            gauges.stale();
        }
    }

    public Others others(String organization, String projectId, String workspaceId) {
        Map<String, BigDecimal> byProject = store.others(organization, workspaceId);
        return new Others(
                byProject.getOrDefault(projectId, BigDecimal.ZERO),
                byProject.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** Counts for nothing from then on; once for each, however often it is told. */
    public void forget(String eventId, WorkspaceForgotten gone) {
        QuarkusTransaction.joiningExisting().run(() -> {
            if (inbox.take(FORGETTER, eventId)) {
                store.end(gone.workspace().value(), gone.at());
            }
        });
        gauges.stale();
    }

    /** Told again when the run's end is: whoever knows the point by its run ignores it, and what told it first may be lost. */
    private void record(CostPoint point) {
        store.put(point);
        outbox.add(new CostRecorded(
                new RunId(point.run()),
                new WorkspaceId(point.workspaceId()),
                point.organization(),
                point.projectId(),
                point.projectName(),
                point.workspaceName(),
                point.at(),
                point.prior(),
                point.monthly(),
                point.currency(),
                point.pricesAsOf(),
                point.shares().stream()
                        .map(share -> new CostShare(share.type(), share.tags(), share.resources(), share.monthly()))
                        .toList()));
    }
}
