package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.task.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to a run and when, oldest first, with what goes on now and what is still to come. */
public record Timeline(List<Step> steps) {
    private static final List<String> ENDS = List.of(
            "applied-at",
            "planned-and-finished-at",
            "errored-at",
            "policy-soft-failed-at",
            "discarded-at",
            "canceled-at",
            "force-canceled-at");

    /**
     * @param tone of its dot
     * @param took for what is over
     * @param since in milliseconds, for what goes on
     * @param todo whether it has not begun
     */
    public record Step(
            String icon,
            String tone,
            String label,
            Optional<Moment> at,
            Optional<String> took,
            Optional<Long> since,
            boolean todo) {}

    static Timeline of(Run run) {
        Writer writer = new Writer(run);
        boolean tasksFirst = run.taskStage(Stage.PRE_PLAN).isPresent();
        writer.stage("Requested", run.createdAt(), tasksFirst ? "pre-plan-running-at" : "plan-queued-at");
        if (tasksFirst) {
            writer.stage("Run tasks", "pre-plan-running-at", "pre-plan-completed-at");
        }
        writer.stage("Runner for the plan", "plan-queued-at", "planning-at");
        writer.stage("Plan", "planning-at", "planned-at");
        writer.stage("Cost estimate", "planned-at", "cost-estimated-at");
        writer.stage("Policy check", "planned-at", "policy-checked-at");
        if (!run.options().planOnly()) {
            writer.decision();
            if (run.taskStage(Stage.PRE_APPLY).isPresent()) {
                writer.stage("Run tasks", "pre-apply-running-at", "pre-apply-completed-at");
            }
            writer.stage("Runner for the apply", "apply-queued-at", "applying-at");
            boolean tasksLast = run.taskStage(Stage.POST_APPLY).isPresent();
            writer.stage("Apply", "applying-at", tasksLast ? "post-apply-running-at" : "applied-at");
            if (tasksLast) {
                writer.stage("Run tasks", "post-apply-running-at", "post-apply-completed-at");
            }
        }
        writer.end();
        return new Timeline(List.copyOf(writer.steps));
    }

    private static final class Writer {
        private final Map<String, Instant> times;
        private final Optional<Instant> end;
        private final Run run;
        private final List<Step> steps = new ArrayList<>();

        Writer(Run run) {
            this.run = run;
            this.times = run.timestamps();
            this.end = ENDS.stream().filter(times::containsKey).map(times::get).findFirst();
        }

        void stage(String label, String from, String to) {
            stage(label, times.get(from), to);
        }

        void stage(String label, @Nullable Instant from, String to) {
            if (from == null) {
                todo(label);
                return;
            }
            Instant until = times.get(to);
            if (until == null && end.isPresent()) {
                boolean failed = run.state() instanceof RunState.Errored;
                steps.add(done(label, failed ? "cross" : "dash", failed ? "bad" : "calm", from, end.get()));
            } else if (until == null) {
                steps.add(going(label, "run", "go", from));
            } else {
                steps.add(done(label, "check", "ok", from, until));
            }
        }

        /** Between the judges' last word and the confirmation. */
        void decision() {
            Instant confirmed = times.get("confirmed-at");
            Instant judged = later(times.get("cost-estimated-at"), times.get("policy-checked-at"));
            boolean waits = run.state() instanceof RunState.AwaitingConfirmation
                    || run.state() instanceof RunState.PlanSaved
                    || run.state() instanceof RunState.AwaitingOverride;
            if (waits) {
                boolean override = run.state() instanceof RunState.AwaitingOverride;
                String label = override ? "Waits for an override" : "Waits for confirmation";
                steps.add(going(
                        label,
                        override ? "block" : "hand",
                        override ? "bad" : "wait",
                        run.state().since()));
            } else if (confirmed != null && judged != null) {
                String label = run.options().autoApply()
                                && Duration.between(judged, confirmed).toSeconds() < 2
                        ? "Applied by itself"
                        : "Confirmed";
                steps.add(done(label, "check", "ok", judged, confirmed));
            } else {
                todo("Confirmation");
            }
        }

        void end() {
            end.ifPresent(at -> {
                Pill pill = Pill.of(run.state());
                Optional<String> whole = Optional.of(Moment.took(Duration.between(run.createdAt(), at)) + " in all");
                steps.add(new Step(
                        pill.icon(),
                        pill.tone(),
                        pill.label(),
                        Optional.of(new Moment(at)),
                        whole,
                        Optional.empty(),
                        false));
            });
        }

        private void todo(String label) {
            if (end.isEmpty()) {
                Optional<String> nothing = Optional.empty();
                steps.add(new Step("circle", "calm", label, Optional.empty(), nothing, Optional.empty(), true));
            }
        }

        private static Step done(String label, String icon, String tone, Instant from, Instant to) {
            Optional<String> took = Optional.of(Moment.took(Duration.between(from, to)));
            return new Step(icon, tone, label, Optional.of(new Moment(from)), took, Optional.empty(), false);
        }

        private static Step going(String label, String icon, String tone, Instant from) {
            Optional<String> took = Optional.empty();
            return new Step(
                    icon, tone, label, Optional.of(new Moment(from)), took, Optional.of(from.toEpochMilli()), false);
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return one.isAfter(other) ? one : other;
        }
    }
}
