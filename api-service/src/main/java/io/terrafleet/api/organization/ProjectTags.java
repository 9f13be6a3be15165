package io.terrafleet.api.organization;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The door to a project's tags, which all its workspaces inherit. At most 100 to a project. */
@ApplicationScoped
public class ProjectTags {
    private static final int MOST = 100;

    private final TagStore store;
    private final ProjectStore projects;

    ProjectTags(TagStore store, ProjectStore projects) {
        this.store = store;
        this.projects = projects;
    }

    /** Key to value, by key. */
    @Transactional
    public SortedMap<String, String> of(String projectId) {
        SortedMap<String, String> tags = new TreeMap<>();
        store.ofProject(projectId).forEach(tag -> tags.put(tag.key, tag.value));
        return tags;
    }

    /** Adds keys that are new, and gives the others their new value. */
    @Transactional
    public SortedMap<String, String> put(String projectId, Map<String, String> bindings) {
        if (projects.forUpdate(projectId).isEmpty()) {
            throw Problem.notFound();
        }
        bindings.forEach((key, value) -> {
            TagRules.check(key, value);
            store.tag(projectId, key)
                    .ifPresentOrElse(tag -> tag.value = value, () -> store.add(tag(projectId, key, value)));
        });
        store.flush();
        SortedMap<String, String> tags = of(projectId);
        if (tags.size() > MOST) {
            throw Problem.unprocessable("A project may have at most " + MOST + " tags.");
        }
        return tags;
    }

    /** Exactly these afterwards. */
    @Transactional
    public SortedMap<String, String> replace(String projectId, Map<String, String> bindings) {
        store.ofProject(projectId).stream()
                .filter(tag -> !bindings.containsKey(tag.key))
                .forEach(store::remove);
        return put(projectId, bindings);
    }

    private static ProjectTagEntity tag(String projectId, String key, String value) {
        ProjectTagEntity tag = new ProjectTagEntity();
        tag.projectId = projectId;
        tag.key = key;
        tag.value = value;
        return tag;
    }
}
