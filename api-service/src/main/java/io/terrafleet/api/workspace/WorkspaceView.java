package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Resource;
import io.terrafleet.contracts.RunId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A workspace as the API shows it. What is not served yet has the value that says so. */
public final class WorkspaceView {
    private WorkspaceView() {}

    /** @param forceDelete whether the caller may delete it although it manages resources */
    public static Resource of(Workspace workspace, Rights rights, boolean forceDelete) {
        Resource resource = Resource.of("workspaces", workspace.id().value());
        settings(resource, workspace);
        notServed(resource);
        traits(resource, workspace.traits());
        resource.with("permissions", permissions(rights, forceDelete));
        resource.with("actions", Map.of("is-destroyable", true));
        relationships(resource, workspace);
        return resource.link(
                        "self",
                        "/api/v2/organizations/" + workspace.organizationName() + "/workspaces/" + workspace.name())
                .link("self-html", "/app/" + workspace.organizationName() + "/workspaces/" + workspace.name());
    }

    private static void settings(Resource resource, Workspace workspace) {
        resource.with("name", workspace.name())
                .with("description", workspace.description().isEmpty() ? null : workspace.description())
                .with("auto-apply", workspace.autoApply())
                .with("execution-mode", workspace.executionMode())
                .with("operations", !workspace.executionMode().equals("local"))
                .with(
                        "setting-overwrites",
                        Map.of(
                                "execution-mode", workspace.traits().ownExecutionMode(),
                                "agent-pool", workspace.traits().ownExecutionMode()))
                .with("engine", workspace.engine())
                .with("terraform-version", workspace.terraformVersion())
                .with("working-directory", workspace.workingDirectory())
                .with("allow-destroy-plan", workspace.allowDestroyPlan())
                .with("queue-all-runs", workspace.queueAllRuns())
                .with("structured-run-output-enabled", workspace.structuredRunOutput())
                .with("tag-names", workspace.tags())
                .with("created-at", workspace.createdAt())
                .with("updated-at", workspace.updatedAt())
                .with("latest-change-at", workspace.changedAt())
                .with("resource-count", workspace.resourceCount())
                .with("locked", workspace.lock().isPresent())
                .with("locked-reason", workspace.lock().map(Lock::reason).orElse(""));
    }

    private static void notServed(Resource resource) {
        for (String absent : List.of(
                "apply-duration-average",
                "plan-duration-average",
                "policy-check-failures",
                "run-failures",
                "workspace-kpis-runs-count",
                "last-assessment-result-at",
                "source-module-id",
                "no-code-upgrade-available",
                "effective-state-version-retention-desc",
                "effective-run-data-retention-desc")) {
            resource.with(absent, null);
        }
        for (String off : List.of("inherits-project-auto-destroy", "assessments-enabled", "hyok-enabled")) {
            resource.with(off, false);
        }
        resource.with("environment", "default").with("source", "tfe-api");
    }

    private static void traits(Resource resource, WorkspaceTraits traits) {
        resource.with("auto-apply-run-trigger", traits.autoApplyRunTrigger())
                .with("speculative-enabled", traits.speculativeEnabled())
                .with("file-triggers-enabled", traits.fileTriggersEnabled())
                .with("trigger-prefixes", traits.triggerPrefixes())
                .with("trigger-patterns", traits.triggerPatterns())
                .with("source-name", orNull(traits.sourceName()))
                .with("source-url", orNull(traits.sourceUrl()))
                .with("global-remote-state", traits.globalRemoteState())
                .with("project-remote-state", traits.projectRemoteState())
                .with("vcs-repo", traits.vcsRepo().map(WorkspaceView::repo).orElse(null))
                .with("vcs-repo-identifier", traits.vcsRepo().map(VcsRepo::identifier))
                .with("auto-destroy-at", traits.autoDestroyAt())
                .with("auto-destroy-activity-duration", orNull(traits.autoDestroyActivityDuration()))
                .with("auto-destroy-status", orNull(traits.autoDestroyStatus()))
                .toOne("ssh-key", "ssh-keys", traits.sshKeyId().orElse(null));
    }

    private static Map<String, @Nullable Object> repo(VcsRepo repo) {
        Map<String, @Nullable Object> view = new TreeMap<>();
        view.put("identifier", repo.identifier());
        view.put("display-identifier", repo.identifier());
        view.put("branch", repo.branch());
        view.put("ingress-submodules", repo.submodules());
        view.put("oauth-token-id", repo.oauthTokenId().orElse(null));
        view.put("tags-regex", orNull(repo.tagsRegex()));
        view.put("service-provider", repo.provider());
        view.put("repository-http-url", repo.webUrl());
        return view;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void relationships(Resource resource, Workspace workspace) {
        String self = "/api/v2/workspaces/" + workspace.id();
        String run = workspace.currentRun().map(RunId::value).orElse(null);
        resource.toOne("organization", "organizations", workspace.organizationName())
                .related("organization", "/api/v2/organizations/" + workspace.organizationName())
                .toOne("project", "projects", workspace.projectId())
                .related("project", "/api/v2/projects/" + workspace.projectId())
                .toOne("current-run", "runs", run)
                .toOne("latest-run", "runs", run);
        if (run != null) {
            resource.related("current-run", "/api/v2/runs/" + run).related("latest-run", "/api/v2/runs/" + run);
        }
        workspace
                .lock()
                .ifPresentOrElse(
                        lock -> resource.toOne("locked-by", type(lock.holder()), lock.holderId())
                                .related("locked-by", address(lock, workspace)),
                        () -> resource.toOne("locked-by", "users", null));
        resource.toOne(
                        "agent-pool",
                        "agent-pools",
                        workspace.traits().agentPoolId().orElse(null))
                .related("remote-state-consumers", self + "/relationships/remote-state-consumers")
                .related("current-state-version", self + "/current-state-version")
                .related("outputs", self + "/current-state-version-outputs")
                .related("vars", self + "/vars")
                .related("tag-bindings", self + "/tag-bindings");
    }

    private static String type(Holder holder) {
        return switch (holder) {
            case RUN -> "runs";
            case USER -> "users";
            case TEAM -> "teams";
            case ORGANIZATION -> "organizations";
        };
    }

    private static String address(Lock lock, Workspace workspace) {
        return switch (lock.holder()) {
            case RUN -> "/api/v2/runs/" + lock.holderId();
            case USER -> "/api/v2/users/" + lock.holderId();
            case TEAM -> "/api/v2/teams/" + lock.holderId();
            case ORGANIZATION -> "/api/v2/organizations/" + workspace.organizationName();
        };
    }

    private static Map<String, Boolean> permissions(Rights rights, boolean forceDelete) {
        Map<String, Boolean> permissions = new TreeMap<>();
        permissions.put("can-read-run", rights.may(Permission.READ_RUNS));
        permissions.put("can-read-settings", rights.may(Permission.READ));
        permissions.put("can-read-variable", rights.may(Permission.READ_VARIABLES));
        permissions.put("can-update-variable", rights.may(Permission.WRITE_VARIABLES));
        permissions.put("can-read-state-outputs", rights.may(Permission.READ_STATE_OUTPUTS));
        permissions.put("can-read-state-versions", rights.may(Permission.READ_STATE));
        permissions.put("can-create-state-versions", rights.may(Permission.WRITE_STATE));
        permissions.put("can-queue-run", rights.may(Permission.QUEUE_RUNS));
        permissions.put("can-queue-apply", rights.may(Permission.APPLY_RUNS));
        permissions.put("can-queue-destroy", rights.may(Permission.APPLY_RUNS));
        permissions.put("can-lock", rights.may(Permission.LOCK_WORKSPACE));
        permissions.put("can-unlock", rights.may(Permission.LOCK_WORKSPACE));
        permissions.put("can-force-unlock", rights.may(Permission.FORCE_UNLOCK));
        permissions.put("can-update", rights.may(Permission.UPDATE_WORKSPACE));
        permissions.put("can-manage-tags", rights.may(Permission.UPDATE_WORKSPACE));
        permissions.put("can-destroy", rights.may(Permission.DELETE_WORKSPACE));
        permissions.put("can-manage-run-tasks", rights.may(Permission.MANAGE_WORKSPACE_RUN_TASKS));
        permissions.put("can-force-delete", forceDelete);
        for (String notServed :
                List.of("can-manage-assessments", "can-manage-ephemeral-workspaces", "can-read-assessment-results")) {
            permissions.put(notServed, false);
        }
        return permissions;
    }
}
