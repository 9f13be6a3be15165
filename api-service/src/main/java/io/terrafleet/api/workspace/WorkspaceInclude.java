package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import java.util.List;

/** Something that {@code include=…} adds to a workspace's document; each later room brings its own. */
public interface WorkspaceInclude {
    /** As in the query, for example {@code current_run}. */
    String name();

    /** As in the document, for example {@code current-run}; empty for what belongs to something else that is included. */
    String relationship();

    /** Whether the relationship is to many. */
    default boolean many() {
        return false;
    }

    /** What one must have in the workspace to get it; others get it without. */
    Permission needed();

    /** For a caller who has what is needed. */
    List<Resource> of(Workspace workspace);
}
