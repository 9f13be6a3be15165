package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.organization.ProjectTags;
import io.terrafleet.api.organization.ReservedTagKeys;
import io.terrafleet.api.organization.TagRules;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The door to a workspace's tags. Flat tags and key–value tags are one thing: a flat tag is a key without a value, and a key has one
 * value. At most 100 to a workspace; keys of 1 to 255 characters, values of up to 256.
 */
@ApplicationScoped
public class WorkspaceTags {
    private static final int MOST = 100;

    private final WorkspaceStore store;
    private final WorkspaceReading reading;
    private final ProjectTags projectTags;
    private final ReservedTagKeys reserved;
    private final InstantSource clock;

    WorkspaceTags(
            WorkspaceStore store,
            WorkspaceReading reading,
            ProjectTags projectTags,
            ReservedTagKeys reserved,
            @Identifier("api") InstantSource clock) {
        this.projectTags = projectTags;
        this.reserved = reserved;
        this.store = store;
        this.reading = reading;
        this.clock = clock;
    }

    /** Adds keys that are new, and gives the others their new value. */
    @Transactional
    public Workspace put(WorkspaceId id, Map<String, String> bindings) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        requireOverridable(workspace, bindings.keySet());
        bindings.forEach((key, value) -> {
            TagRules.check(key, value);
            store.tag(workspace.id, key).ifPresentOrElse(tag -> tag.value = value, () -> add(workspace, key, value));
        });
        return changed(workspace);
    }

    /** Adds flat tags; a key that is there already keeps its value. */
    @Transactional
    public Workspace add(WorkspaceId id, Collection<String> keys) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        requireOverridable(workspace, keys);
        for (String key : keys) {
            TagRules.check(key, "");
            if (store.tag(workspace.id, key).isEmpty()) {
                add(workspace, key, "");
            }
        }
        return changed(workspace);
    }

    /** Keys that are not there are passed over. */
    @Transactional
    public Workspace remove(WorkspaceId id, Collection<String> keys) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        keys.forEach(key -> store.tag(workspace.id, key).ifPresent(store::remove));
        return changed(workspace);
    }

    /** Exactly these afterwards. */
    @Transactional
    public Workspace replace(WorkspaceId id, Map<String, String> bindings) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        store.tags(List.of(workspace.id)).stream()
                .filter(tag -> !bindings.containsKey(tag.key))
                .forEach(store::remove);
        return put(id, bindings);
    }

    /** A tag that workspaces have, and how many have it. */
    public record Used(String name, long workspaces) {}

    /**
     * Which of an organization's tags.
     *
     * @param search in the name
     * @param without leaves out those that this workspace has
     * @param visible only tags of these workspaces
     */
    public record Wanted(String organizationId, String search, Optional<String> without, Visibility visible) {}

    /** By name. */
    @Transactional
    public List<Used> used(Wanted wanted, int offset, int limit) {
        return store.usedTags(wanted, offset, limit);
    }

    @Transactional
    public long countUsed(Wanted wanted) {
        return store.countUsedTags(wanted);
    }

    @Transactional
    public void removeEverywhere(String organizationId, Collection<String> keys) {
        store.tagsNamed(organizationId, keys).forEach(store::remove);
    }

    /** An effective tag; inherited when the project gave it. */
    public record Effective(String key, String value, boolean inherited) {}

    /** Its own and those of its project, by key. Its own value counts, save for a key whose inherited value must stay. */
    @Transactional
    public List<Effective> effective(Workspace workspace) {
        Map<String, Effective> effective = new TreeMap<>();
        workspace.tagBindings().forEach((key, value) -> effective.put(key, new Effective(key, value, false)));
        Set<String> fixed = reserved.fixedOf(workspace.organizationId());
        projectTags.of(workspace.projectId()).forEach((key, value) -> {
            if (fixed.contains(key) || !effective.containsKey(key)) {
                effective.put(key, new Effective(key, value, true));
            }
        });
        return List.copyOf(effective.values());
    }

    private void requireOverridable(WorkspaceEntity workspace, Collection<String> keys) {
        Set<String> fixed = reserved.fixedOf(workspace.organizationId);
        if (fixed.isEmpty()) {
            return;
        }
        Map<String, String> inherited = projectTags.of(workspace.projectId);
        keys.stream()
                .filter(key -> fixed.contains(key) && inherited.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw Problem.invalid(
                            "key", "Key \"" + key + "\" is reserved: its value comes from the project and stays");
                });
    }

    private Workspace changed(WorkspaceEntity workspace) {
        workspace.updatedAt = clock.instant();
        workspace.changedAt = workspace.updatedAt;
        store.flush();
        if (store.tags(List.of(workspace.id)).size() > MOST) {
            throw Problem.unprocessable("A workspace may have at most " + MOST + " tags.");
        }
        return reading.view(workspace);
    }

    private void add(WorkspaceEntity workspace, String key, String value) {
        WorkspaceTagEntity tag = new WorkspaceTagEntity();
        tag.workspaceId = workspace.id;
        tag.key = key;
        tag.value = value;
        store.add(tag);
    }
}
