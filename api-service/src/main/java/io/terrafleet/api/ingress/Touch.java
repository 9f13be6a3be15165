package io.terrafleet.api.ingress;

import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceTraits;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whether changed files are a workspace's business. */
final class Touch {
    private Touch() {}

    /**
     * @param directories of its configuration, from {@link Directories}
     * @param changed paths of the repository
     */
    static boolean touches(Workspace workspace, Set<String> directories, Collection<String> changed) {
        WorkspaceTraits traits = workspace.traits();
        if (!traits.fileTriggersEnabled()) {
            return true;
        }
        if (!traits.triggerPatterns().isEmpty()) {
            List<PathGlob> globs =
                    traits.triggerPatterns().stream().map(PathGlob::new).toList();
            return changed.stream().anyMatch(path -> globs.stream().anyMatch(glob -> glob.matches(path)));
        }
        if (Directories.clean(workspace.workingDirectory()).isEmpty()
                && traits.triggerPrefixes().isEmpty()) {
            return !changed.isEmpty();
        }
        return changed.stream()
                .anyMatch(path -> directories.stream().anyMatch(directory -> own(path, directory))
                        || traits.triggerPrefixes().stream()
                                .map(Directories::clean)
                                .anyMatch(prefix -> below(path, prefix)));
    }

    /** Of the root only the files beside each other: everything is below it. */
    private static boolean own(String path, String directory) {
        return directory.isEmpty() ? !path.contains("/") : below(path, directory);
    }

    private static boolean below(String path, String directory) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
    }
}
