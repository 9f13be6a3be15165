package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Run tasks, on the screen of whoever waits for them. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class TaskJourney {
    private static Cli workspace(Running platform, String name, TaskReceiver receiver, String level, String... stages)
            throws Exception {
        platform.api().createWorkspace("acme", name, Map.of());
        CliCalls calls = platform.calls();
        String task = calls.send(
                        "POST",
                        "organizations/acme/tasks",
                        Map.of(
                                "data",
                                Map.of(
                                        "type",
                                        "tasks",
                                        "attributes",
                                        Map.of(
                                                "name",
                                                "scan-" + name,
                                                "url",
                                                receiver.url().toString(),
                                                "category",
                                                "task"))))
                .path("data")
                .path("id")
                .asText();
        calls.send(
                "POST",
                "workspaces/" + calls.id(name) + "/tasks",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "workspace-tasks",
                                "attributes",
                                Map.of("enforcement-level", level, "stages", List.of(stages)),
                                "relationships",
                                Map.of("task", Map.of("data", Map.of("type", "tasks", "id", task))))));
        Cli cli = platform.cli().write("main.tf", CliSample.named(name));
        cli.does("init", "-no-color");
        return cli;
    }

    @Test
    void tasksBeforeAndAfterThePlanAreShown(Running platform) throws Exception {
        try (TaskReceiver receiver = new TaskReceiver()) {
            Cli cli = workspace(platform, "tasks", receiver, "mandatory", "pre_plan", "post_plan", "pre_apply");
            assertThat(cli.does("apply", "-no-color", "-auto-approve"))
                    .contains("Pre-plan Tasks:", "All tasks completed! 1 passed, 0 failed")
                    .contains("scan-tasks", "looked at it: pre_plan", "https://tasks.example.com/1")
                    .contains("Post-plan Tasks:", "looked at it: post_plan", "Overall Result: Passed")
                    .contains("Apply complete! Resources: 2 added");
            assertThat(receiver.answers()).containsExactly(200, 200, 200);
        }
    }

    @Test
    void anAdvisoryTaskWarnsAndAMandatoryOneStops(Running platform) throws Exception {
        try (TaskReceiver receiver = new TaskReceiver().says("pre_plan", "failed")) {
            Cli advised = workspace(platform, "advised", receiver, "advisory", "pre_plan");
            assertThat(advised.does("plan", "-no-color"))
                    .contains("Pre-plan Tasks:", "Failed (Advisory)", "Overall Result: Passed with advisory failures")
                    .contains("Plan: 2 to add");
            Cli stopped = workspace(platform, "stopped", receiver, "mandatory", "pre_plan");
            assertThat(stopped.fails("plan", "-no-color"))
                    .contains("Pre-plan Tasks:", "Overall Result: Failed", "scan-stopped")
                    .doesNotContain("Plan: 2 to add");
        }
    }
}
