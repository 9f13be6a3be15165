package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The door to a workspace's tags. Flat tags and key–value tags are one thing: a flat tag is a key without a value, and a key has one
 * value. At most 100 to a workspace; keys of 1 to 255 characters, values of up to 256.
 */
@ApplicationScoped
public class WorkspaceTags {
    private static final Pattern KEY =
            Pattern.compile("[\\p{L}\\p{N}_.:=+@/-]([\\p{L}\\p{N}_.:=+@/ -]{0,253}[\\p{L}\\p{N}_.:=+@/-])?");
    private static final int LONGEST_VALUE = 256;
    private static final int MOST = 100;

    private final WorkspaceStore store;
    private final WorkspaceReading reading;
    private final InstantSource clock;

    WorkspaceTags(WorkspaceStore store, WorkspaceReading reading, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.reading = reading;
        this.clock = clock;
    }

    /** Adds keys that are new, and gives the others their new value. */
    @Transactional
    public Workspace put(WorkspaceId id, Map<String, String> bindings) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        bindings.forEach((key, value) -> {
            check(key, value);
            store.tag(workspace.id, key).ifPresentOrElse(tag -> tag.value = value, () -> add(workspace, key, value));
        });
        return changed(workspace);
    }

    /** Adds flat tags; a key that is there already keeps its value. */
    @Transactional
    public Workspace add(WorkspaceId id, Collection<String> keys) {
        WorkspaceEntity workspace = store.forUpdate(id.value()).orElseThrow(Problem::notFound);
        for (String key : keys) {
            check(key, "");
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

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(
                    "key",
                    "Key is invalid: a tag has 1 to 255 letters, numbers, spaces inside, or characters of _.:=+@/-");
        }
        if (value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("value", "Value may have at most 256 characters and no control character");
        }
    }
}
