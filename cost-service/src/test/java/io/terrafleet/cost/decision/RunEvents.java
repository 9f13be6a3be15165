package io.terrafleet.cost.decision;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.RunDocument;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Builds what the api-service says. */
final class RunEvents {
    private static final Random RANDOM = new Random();
    private static final Instant THEN = Instant.parse("2026-05-04T10:00:00Z");

    static final String WORKSPACE = "ws-1111111111111111";

    private RunEvents() {}

    static PlanCompleted planCompleted(byte[] plan, List<String> targets, Budget... budgets) {
        return planCompleted(new ArtifactRef(Ids.make("art", RANDOM), sha256(plan), plan.length), targets, budgets);
    }

    static PlanCompleted planCompleted(ArtifactRef plan, List<String> targets, Budget... budgets) {
        RunId run = new RunId(Ids.make("run", RANDOM));
        return new PlanCompleted(run, plan, document(run, targets), List.of(), List.of(budgets), THEN);
    }

    static Budget budget(String most, Budget.Action action) {
        return new Budget("bud-1", "shop", "project", Optional.of(new BigDecimal(most)), Optional.empty(), action);
    }

    static Budget budgetThatBlocksWithoutEstimate() {
        return new Budget(
                "bud-1",
                "shop",
                "project",
                Optional.of(BigDecimal.ONE),
                Optional.empty(),
                Optional.empty(),
                Budget.Action.WARN,
                Optional.of(Budget.Action.BLOCK));
    }

    /** The same plan of a workspace of whose use more is known. */
    static PlanCompleted used(PlanCompleted plan, ArtifactRef... usage) {
        return new PlanCompleted(
                plan.run(),
                plan.plan(),
                plan.document(),
                plan.policySets(),
                plan.budgets(),
                Optional.of(List.of(usage)),
                plan.completedAt());
    }

    static ArtifactRef artifact(byte[] content) {
        return new ArtifactRef(Ids.make("art", RANDOM), sha256(content), content.length);
    }

    private static RunDocument document(RunId run, List<String> targets) {
        return new RunDocument(
                run.value(),
                THEN,
                "anna",
                "a change",
                false,
                true,
                false,
                List.of(),
                targets,
                false,
                new RunDocument.Project("prj-1", "shop"),
                Map.of(),
                "acme",
                new RunDocument.Workspace(WORKSPACE, "web", THEN, "", "remote", false, List.of(), ""));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
