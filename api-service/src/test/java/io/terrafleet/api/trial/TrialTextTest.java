package io.terrafleet.api.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.trial.Trials.Trial;
import io.terrafleet.api.trial.Trials.Tried;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialTextTest {
    private static TrialPlanEntity plan(String before, @Nullable String verdict) {
        TrialPlanEntity plan = new TrialPlanEntity();
        plan.before = before;
        plan.verdict = verdict;
        return plan;
    }

    @Test
    void whatWouldChangeIsCountedBothWays() {
        assertThat(TrialText.sum(List.of(
                        plan("passed", "block"),
                        plan("passed", "block-overridable"),
                        plan("passed", "approve"),
                        plan("failed", "approve"),
                        plan("failed", "block"),
                        plan("passed", null))))
                .isEqualTo(
                        "Of the last 6 plans, 2 would be blocked that passed, 1 would pass that did not, 1 not answered");
        assertThat(TrialText.sum(List.of())).isEqualTo("This set has judged no plan yet");
    }

    @Test
    void whatSomebodyHasWrittenIsNoMarkdown() {
        Tried tried = new Tried(
                "app",
                "https://terrafleet.example/app",
                "passed",
                Optional.of("block"),
                List.of("a|b", "<b>", "@ada", "c", "d", "e"),
                Optional.empty());
        String text = TrialText.of("0123456789", List.of(new Trial("[set](x)", "done", "all\n# well", List.of(tried))));
        assertThat(text)
                .startsWith("### Terrafleet: policies of 01234567\n")
                .contains("**\\[set\\](x)**: all \\# well\n")
                .contains(
                        "| [app](https://terrafleet.example/app) | passed | blocked | a\\|b, \\<b\\>, @\u200bada, c, d and 1 more |");
    }

    @Test
    void whatIsNotDoneShowsNoPlans() {
        String text = TrialText.of(
                "0123456789",
                List.of(
                        new Trial("one", "asked", "", List.of()),
                        new Trial("two", "failed", "there is no such repository", List.of())));
        assertThat(text)
                .contains("**one**: asking what it would have decided.")
                .contains("**two**: not tried: there is no such repository")
                .doesNotContain("|");
    }
}
