package io.terrafleet.api.workspace;

import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes of rows what leaves the room. Called inside a door's transaction. */
@Singleton
class WorkspaceReading {
    private final WorkspaceStore store;
    private final Organizations organizations;
    private final Projects projects;

    WorkspaceReading(WorkspaceStore store, Organizations organizations, Projects projects) {
        this.store = store;
        this.organizations = organizations;
        this.projects = projects;
    }

    /** Its project, organization and tags in one question, where the transaction does not have the first two already. */
    Workspace view(WorkspaceEntity workspace) {
        Map<String, String> tags = new TreeMap<>();
        store.tagsAndPlace(workspace).forEach(tag -> tags.put(tag.key, tag.value));
        return view(
                workspace,
                organizations.find(workspace.organizationId).orElseThrow(),
                projects.find(workspace.projectId).orElseThrow(),
                tags);
    }

    List<Workspace> views(List<WorkspaceEntity> workspaces) {
        Map<String, Map<String, String>> tags = new HashMap<>();
        List<String> ids = workspaces.stream().map(workspace -> workspace.id).toList();
        if (!ids.isEmpty()) {
            store.tags(ids).forEach(tag -> tags.computeIfAbsent(tag.workspaceId, id -> new TreeMap<>())
                    .put(tag.key, tag.value));
        }
        Map<String, Organization> organizationsById = new HashMap<>();
        Map<String, Project> projectsById = projects.all(
                workspaces.stream().map(workspace -> workspace.projectId).toList());
        return workspaces.stream()
                .map(workspace -> view(
                        workspace,
                        organizationsById.computeIfAbsent(
                                workspace.organizationId,
                                id -> organizations.find(id).orElseThrow()),
                        Optional.ofNullable(projectsById.get(workspace.projectId))
                                .orElseThrow(),
                        tags.getOrDefault(workspace.id, Map.of())))
                .toList();
    }

    static Optional<Lock> lock(WorkspaceEntity workspace) {
        if (workspace.lockHolder == null || workspace.lockHolderId == null || workspace.lockedSince == null) {
            return Optional.empty();
        }
        return Optional.of(new Lock(
                Holder.of(workspace.lockHolder),
                workspace.lockHolderId,
                workspace.lockHolderName == null ? workspace.lockHolderId : workspace.lockHolderName,
                workspace.lockReason == null ? "" : workspace.lockReason,
                workspace.lockedSince));
    }

    private static WorkspaceTraits traits(WorkspaceEntity workspace, WorkspaceExecution.Chosen execution) {
        return new WorkspaceTraits(
                workspace.autoApplyRunTrigger,
                workspace.speculativeEnabled,
                workspace.fileTriggersEnabled,
                List.of(workspace.triggerPrefixes),
                List.of(workspace.triggerPatterns),
                workspace.sourceName,
                workspace.sourceUrl,
                workspace.globalRemoteState,
                workspace.projectRemoteState,
                Optional.ofNullable(workspace.autoDestroyAt),
                workspace.autoDestroyActivityDuration,
                workspace.autoDestroyStatus,
                Optional.ofNullable(workspace.sshKeyId),
                workspace.ownExecutionMode,
                execution.agentPoolId(),
                repo(workspace));
    }

    private static Optional<VcsRepo> repo(WorkspaceEntity workspace) {
        return Optional.ofNullable(workspace.vcsIdentifier)
                .map(identifier -> new VcsRepo(
                        identifier,
                        workspace.vcsBranch,
                        Optional.ofNullable(workspace.vcsOauthTokenId),
                        Optional.ofNullable(workspace.vcsClientId),
                        workspace.vcsSubmodules,
                        workspace.vcsTagsRegex,
                        workspace.vcsProvider,
                        workspace.vcsWebUrl,
                        workspace.vcsAwaited));
    }

    private static Workspace view(
            WorkspaceEntity workspace, Organization organization, Project project, Map<String, String> tags) {
        WorkspaceExecution.Chosen execution = WorkspaceExecution.of(workspace, project, organization);
        return new Workspace(
                new WorkspaceId(workspace.id),
                workspace.organizationId,
                organization.name(),
                workspace.projectId,
                project.name(),
                workspace.name,
                workspace.description,
                workspace.autoApply,
                execution.mode(),
                workspace.engine,
                workspace.terraformVersion,
                workspace.workingDirectory,
                workspace.allowDestroyPlan,
                workspace.queueAllRuns,
                workspace.structuredRunOutput,
                List.copyOf(tags.keySet()),
                Collections.unmodifiableMap(tags),
                workspace.createdAt,
                workspace.updatedAt,
                workspace.resourceCount,
                workspace.changedAt,
                lock(workspace),
                Optional.ofNullable(workspace.currentRunId).map(RunId::new),
                traits(workspace, execution));
    }
}
