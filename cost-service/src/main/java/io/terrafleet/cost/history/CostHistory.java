package io.terrafleet.cost.history;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.event.RunEvent.RunFinished;
import io.terrafleet.messaging.Inbox;
import io.terrafleet.messaging.Messaging;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The door: remembers what every apply made a workspace cost, and answers from that. */
public final class CostHistory {
    private static final Logger LOG = Logger.getLogger(CostHistory.class);
    private static final String CONSUMER = "history";
    private static final String APPLIED = "applied";

    private final HistoryStore store;
    private final Inbox inbox;
    private final ProjectGauges gauges;

    public CostHistory(HistoryStore store, Messaging messaging, MeterRegistry metrics) {
        this.store = store;
        this.inbox = messaging.inbox();
        this.gauges = new ProjectGauges(metrics);
    }

    /** Shows what is remembered; call once at the start. */
    public void show() {
        store.projects("").forEach(gauges::set);
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
                                store::put,
                                () -> LOG.infof(
                                        "runId=%s workspaceId=%s: applied without an estimate; its cost is not known",
                                        run.run(), run.workspace()));
            }
            return taken;
        });
        if (first) {
            store.projects(run.organization()).forEach(gauges::set);
        }
    }

    public Others others(String organization, String projectId, String workspaceId) {
        Map<String, BigDecimal> byProject = store.others(organization, workspaceId);
        return new Others(
                byProject.getOrDefault(projectId, BigDecimal.ZERO),
                byProject.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /**
     * What an organization spent, or a part of it.
     *
     * @param projectId empty for all
     * @param workspaceId empty for all
     * @param until points after this are left out
     */
    public Spending spending(String organization, String projectId, String workspaceId, Instant until) {
        List<CostPoint> points = store.points(organization, projectId, workspaceId, until);
        return new Spending(points);
    }
}
