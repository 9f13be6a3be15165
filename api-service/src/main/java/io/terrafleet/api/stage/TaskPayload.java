package io.terrafleet.api.stage;

import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a task is sent, version 1 of the payload: https://developer.hashicorp.com/terraform/enterprise/api-docs/run-tasks. */
@ApplicationScoped
class TaskPayload {
    private final PublicUrl url;

    TaskPayload(PublicUrl url) {
        this.url = url;
    }

    byte[] of(TaskStage.Result result, Run run, Workspace workspace, TaskToken token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("payload_version", 1);
        json.put("stage", result.stage().word());
        json.put("access_token", token.text());
        json.put("capabilities", Map.of("outcomes", true));
        json.put(
                "configuration_version_download_url",
                url.of("/api/v2/configuration-versions/" + run.configurationVersionId() + "/download"));
        json.put("configuration_version_id", run.configurationVersionId());
        json.put("is_speculative", run.options().planOnly());
        json.put("organization_name", workspace.organizationName());
        if (RunView.plan(run.state()).isPresent()) {
            json.put("plan_json_api_url", url.of("/api/v2/plans/" + run.sibling("plan") + "/json-output"));
        }
        String app = "/app/" + workspace.organizationName() + "/" + workspace.name();
        json.put("run_app_url", url.of(app + "/runs/" + run.id()));
        json.put("run_created_at", run.createdAt().toString());
        json.put("run_created_by", run.createdByName());
        json.put("run_id", run.id().value());
        json.put("run_message", run.message());
        json.put("task_result_callback_url", url.of("/api/v2/task-results/" + result.id() + "/callback"));
        json.put("task_result_enforcement_level", result.level().word());
        json.put("task_result_id", result.id());
        for (String absent : new String[] {"vcs_branch", "vcs_commit_url", "vcs_pull_request_url", "vcs_repo_url"}) {
            json.put(absent, null);
        }
        json.put("workspace_app_url", url.of(app));
        json.put("workspace_id", workspace.id().value());
        json.put("workspace_name", workspace.name());
        json.put("workspace_working_directory", workspace.workingDirectory());
        return Json.write(json);
    }
}
