package io.terrafleet.standalone.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.soak.History.Judgement;
import io.terrafleet.standalone.soak.History.PhaseLog;
import io.terrafleet.standalone.soak.History.Published;
import io.terrafleet.standalone.soak.History.RunRow;
import io.terrafleet.standalone.soak.History.StateRow;
import io.terrafleet.standalone.soak.History.WorkspaceRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A checker that never objects proves nothing: each promise is broken once, and it must say which. */
class CheckerTest {
    private final Told told = Told.good();

    private void objects(String promise, String subject) {
        assertThat(Checker.check(told.history()))
                .as("what broke")
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.promise()).isEqualTo(promise))
                .anySatisfy(violation -> assertThat(violation.subject()).contains(subject));
    }

    private void isContent() {
        assertThat(Checker.check(told.history())).isEmpty();
    }

    @Test
    void aGoodHistoryIsGood() {
        isContent();
    }

    @Test
    void aRunThatStands() {
        told.events.removeIf(
                event -> event.detail().equals("applied") && event.subject().equals("run-2"));
        told.run("run-2", row -> Told.standing(row, "planning", Optional.empty(), false));
        objects(Checker.ENDS, "run-2");
    }

    @Test
    void aRunThatWaitsForNothing() {
        told.events.removeIf(
                event -> event.detail().equals("applied") && event.subject().equals("run-2"));
        told.run("run-2", row -> Told.standing(row, "pending", Optional.of("It waits for run-1."), false));
        objects(Checker.ENDS, "run-2");
    }

    @Test
    void aRunMayWaitForOneThatWaitsForAPerson() {
        told.events.removeIf(event -> event.detail().equals("applied"));
        told.run("run-1", row -> Told.standing(row, "policy_checked", Optional.empty(), true));
        told.run("run-2", row -> Told.standing(row, "pending", Optional.of("It waits for run-1."), false));
        isContent();
        told.run("run-2", row -> Told.standing(row, "pending", Optional.empty(), false));
        objects(Checker.ENDS, "run-2");
    }

    @Test
    void appliesThatOverlap() {
        told.journal(1_000_100_003_900L, "run-1", "ticking", "");
        objects(Checker.APART, "ws");
    }

    @Test
    void anApplyThatWasKilledEndsWithItsLastSign() {
        told.journal.removeIf(entry -> entry.run().equals("run-1") && entry.deed() == Entry.Deed.APPLY_END);
        told.run("run-1", row -> ended(row, "errored", ""));
        told.events.replaceAll(event -> finished(event, "run-1", "errored"));
        isContent();
    }

    @Test
    void aPlanThatIsAppliedTwice() {
        told.journal(1_000_000_010_000L, "run-1", "apply-begin", "1");
        told.journal(1_000_000_011_000L, "run-1", "apply-end", "failed");
        objects(Checker.ONCE, "run-1");
    }

    @Test
    void anApplyWithoutAVerdict() {
        told.judgements.removeIf(judgement -> judgement.run().equals("run-2"));
        told.events.removeIf(
                event -> event.type().contains("decided") && event.subject().equals("run-2"));
        told.events.removeIf(event ->
                event.type().contains("plan-completed") && event.subject().equals("run-2"));
        told.run("run-2", row -> ended(row, "canceled", ""));
        told.events.replaceAll(event -> finished(event, "run-2", "canceled"));
        objects(Checker.JUDGED, "run-2");
    }

    @Test
    void anApplyOfAnotherPlanThanWasJudged() {
        told.judgements.replaceAll(judgement -> judgement.run().equals("run-2")
                ? new Judgement(judgement.judge(), "run-2", "sha-other", judgement.verdict())
                : judgement);
        told.events.replaceAll(
                event -> event.subject().equals("run-2") && event.type().contains("decided")
                        ? changed(event, "sha-other approve")
                        : event);
        told.events.replaceAll(
                event -> event.subject().equals("run-2") && event.type().contains("plan-completed")
                        ? changed(event, "sha-other")
                        : event);
        told.run("run-2", row -> ended(row, "canceled", ""));
        told.events.replaceAll(event -> finished(event, "run-2", "canceled"));
        objects(Checker.JUDGED, "run-2");
    }

    @Test
    void aBlockCountsUntilSomebodyOverridesIt() {
        told.judgements.replaceAll(judgement ->
                judgement.run().equals("run-2") && judgement.judge().equals("policy")
                        ? new Judgement("policy", "run-2", "sha-run-2", "block-overridable")
                        : judgement);
        told.events.replaceAll(
                event -> event.subject().equals("run-2") && event.type().contains("policy-decided")
                        ? changed(event, "sha-run-2 block-overridable")
                        : event);
        objects(Checker.JUDGED, "run-2");
        told.overridden.add("run-2");
        isContent();
    }

    @Test
    void aSerialThatGoesBack() {
        told.states.add(new StateRow("ws", 3, 1, "lineage", "md5-run-1", "run-1"));
        objects(Checker.SERIALS, "ws");
    }

    @Test
    void twoStatesOfOneSerial() {
        told.states.add(new StateRow("ws", 3, 2, "lineage", "md5-else", "run-1"));
        objects(Checker.SERIALS, "ws");
    }

    @Test
    void anotherLineage() {
        told.states.add(new StateRow("ws", 3, 3, "changed", "md5-else", "run-1"));
        objects(Checker.SERIALS, "ws");
    }

    @Test
    void anOldStateServed() {
        told.workspaces.set(0, new WorkspaceRow("ws", "net", Optional.empty(), Optional.of("md5-run-1")));
        objects(Checker.SERVED, "ws");
    }

    @Test
    void aStateMayBeElsewhereWhenTheRunSaysWhere() {
        told.workspaces.set(0, new WorkspaceRow("ws", "net", Optional.empty(), Optional.of("md5-run-1")));
        told.run("run-2", row -> ended(row, "errored", "the state could not be stored; it is kept in /data"));
        told.events.replaceAll(event -> finished(event, "run-2", "errored"));
        isContent();
    }

    @Test
    void aLockThatIsLeft() {
        told.workspaces.set(0, new WorkspaceRow("ws", "net", Optional.of("run"), Optional.of("md5-run-2")));
        objects(Checker.UNLOCKED, "ws");
    }

    @Test
    void aTurnThatIsHeld() {
        told.run(
                "run-2",
                row -> new RunRow(
                        row.id(), 2, "ws", "applied", true, true, row.planSha256(), Optional.empty(), false, ""));
        objects(Checker.UNLOCKED, "run-2");
    }

    @Test
    void aLeaseThatNobodyEnds() {
        told.openLeases.add("run-2-apply-1");
        objects(Checker.UNLOCKED, "run-2-apply-1");
    }

    @Test
    void appliedInWordsOnly() {
        told.journal.removeIf(entry -> entry.run().equals("run-2") && entry.deed() == Entry.Deed.APPLY_END);
        objects(Checker.TRUE_STATUS, "run-2");
    }

    @Test
    void anEventOfARunThatThereIsNot() {
        told.publish("run-requests", "phase-requested", "run-9", "run-9-plan-1");
        objects(EventChecker.KNOWN, "run-9");
    }

    @Test
    void twoEventsOfOneId() {
        Published first = told.events.getFirst();
        told.events.add(changed(first, "something else"));
        objects(EventChecker.KNOWN, "run-1");
    }

    @Test
    void theSameEventAgainIsNoMatter() {
        told.events.addAll(List.copyOf(told.events));
        isContent();
    }

    @Test
    void anEndThatWasNeverTold() {
        told.events.removeIf(event ->
                event.type().contains("run-finished") && event.subject().equals("run-2"));
        objects(EventChecker.SAID, "run-2");
    }

    @Test
    void anEndThatWasToldOtherwise() {
        told.events.replaceAll(event -> finished(event, "run-2", "errored"));
        objects(EventChecker.KNOWN, "run-2");
    }

    @Test
    void aDecisionThatWasNeverTold() {
        told.events.removeIf(event ->
                event.type().contains("cost-decided") && event.subject().equals("run-1"));
        objects(EventChecker.SAID, "run-1");
    }

    @Test
    void aPlanThatNoJudgeAnswered() {
        told.run("run-2", row -> ended(row, "errored", ""));
        told.journal.removeIf(
                entry -> entry.run().equals("run-2") && entry.deed().name().startsWith("APPLY"));
        told.judgements.removeIf(judgement -> judgement.run().equals("run-2"));
        told.events.removeIf(
                event -> event.type().contains("decided") && event.subject().equals("run-2"));
        told.events.replaceAll(event -> finished(event, "run-2", "errored"));
        objects(EventChecker.SAID, "run-2");
    }

    @Test
    void aFactThatIsStillInTheOutbox() {
        told.waiting.put("api", 1);
        objects(EventChecker.SAID, "api");
    }

    @Test
    void aDeadLetter() {
        told.events.add(new Published("terrafleet.run-events.dead", "x", "some", "run-1", "why"));
        objects(EventChecker.HANDLED, "run-1");
    }

    @Test
    void aLogWithAHole() {
        told.logs.replaceAll(log -> log.run().equals("run-2") && log.phase().equals("apply")
                ? new PhaseLog("run-2", "apply", "soak run-2.7 line 2 of 2\n")
                : log);
        objects(LogChecker.COMPLETE, "run-2");
    }

    @Test
    void aLogWithoutItsEnd() {
        told.logs.replaceAll(log -> log.run().equals("run-2") && log.phase().equals("plan")
                ? new PhaseLog("run-2", "plan", "soak run-2.7 line 1 of 2\n")
                : log);
        objects(LogChecker.COMPLETE, "run-2");
    }

    private static RunRow ended(RunRow row, String status, String message) {
        return new RunRow(
                row.id(),
                row.number(),
                row.workspace(),
                status,
                true,
                false,
                row.planSha256(),
                Optional.empty(),
                false,
                message);
    }

    private static Published finished(Published event, String run, String status) {
        return event.subject().equals(run) && event.type().contains("run-finished") ? changed(event, status) : event;
    }

    private static Published changed(Published event, String detail) {
        return new Published(event.topic(), event.id(), event.type(), event.subject(), detail);
    }
}
