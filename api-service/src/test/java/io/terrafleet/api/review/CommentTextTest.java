package io.terrafleet.api.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrafleet.api.diff.PlanDiff;
import io.terrafleet.api.host.CommitStatus.State;
import io.terrafleet.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What reviewers read. */
class CommentTextTest {
    private static PlanDiff plan(String value) throws JsonProcessingException {
        return PlanDiff.of(Json.mapper()
                .readTree(
                        "{\"resource_changes\":[{\"address\":\"terraform_data.a\",\"change\":{\"actions\":[\"create\"],"
                                + "\"before\":null,\"after\":{\"input\":"
                                + Json.mapper().writeValueAsString(value)
                                + "},\"after_unknown\":{\"id\":true}}}]}"));
    }

    private static CommentText.Row row(String workspace, PlanDiff plan) {
        return new CommentText.Row(
                workspace,
                "https://tf.example.com/app/acme/" + workspace,
                new Word(State.SUCCESS, "Planned | by @mara <b>"),
                Optional.of(plan),
                Optional.of("+12.00 USD"),
                Optional.of("passed"));
    }

    @Test
    void aTableThenThePlanFolded() throws Exception {
        String text = CommentText.of("0123456789", Optional.empty(), List.of(row("app", plan("x"))), 10_000);

        assertThat(text)
                .contains("plans of 01234567\n")
                .contains("| [app](https://tf.example.com/app/acme/app) |")
                .contains("| 1 | 0 | 0 | +12.00 USD | passed |")
                .contains("Planned \\| by @\u200bmara \\<b\\>")
                .contains("<details><summary>app</summary>")
                .contains("# terraform_data.a will be created")
                .contains("+ ");
    }

    @Test
    void aPlanCannotEndItsOwnQuotation() throws Exception {
        String text = CommentText.of(
                "0123456789", Optional.empty(), List.of(row("app", plan("``````\n<img src=x>"))), 10_000);
        assertThat(text).contains("```````diff\n");
    }

    @Test
    void whatDoesNotFitIsLeftOutWithALink() throws Exception {
        List<CommentText.Row> rows = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            rows.add(row("app-" + i, plan("y".repeat(1_500))));
        }
        String text = CommentText.of("0123456789", Optional.empty(), rows, 32_000);
        assertThat(text.length()).isLessThanOrEqualTo(32_000);
        assertThat(text).contains("and 50 more workspaces").contains("Too long to be shown here: [app-");
    }

    @Test
    void theWordOnAllIsThatOfTheWorst() {
        assertThat(Statuses.together(List.of(State.SUCCESS, State.RUNNING, State.ERROR)))
                .isEqualTo(new Word(State.PENDING, "1 of 3 workspaces done, 1 failed"));
        assertThat(Statuses.together(List.of(State.SUCCESS, State.FAILURE)).state())
                .isEqualTo(State.FAILURE);
        assertThat(Statuses.together(List.of(State.SUCCESS)))
                .isEqualTo(new Word(State.SUCCESS, "1 of 1 workspace done"));
    }
}
