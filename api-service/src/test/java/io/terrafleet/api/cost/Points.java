package io.terrafleet.api.cost;

import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.CostReport.CostRecorded;
import io.terrafleet.contracts.event.CostReport.CostShare;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Points as the cost-service tells them. */
public final class Points {
    private Points() {}

    public static CostRecorded point(
            Workspace workspace, Instant at, String currency, String prior, CostShare... shares) {
        return point(workspace, new RunId(Ids.make("run", new Random())), at, currency, prior, shares);
    }

    public static CostRecorded point(
            Workspace workspace, RunId run, Instant at, String currency, String prior, CostShare... shares) {
        return new CostRecorded(
                run,
                workspace.id(),
                workspace.organizationName(),
                workspace.projectId(),
                workspace.projectName(),
                workspace.name(),
                at,
                new BigDecimal(prior),
                List.of(shares).stream().map(CostShare::monthly).reduce(BigDecimal.ZERO, BigDecimal::add),
                currency,
                Optional.of(java.time.LocalDate.parse("2026-07-20")),
                List.of(shares));
    }

    public static CostShare share(String type, String team, String monthly) {
        return new CostShare(type, Map.of("team", team), 1, new BigDecimal(monthly));
    }
}
