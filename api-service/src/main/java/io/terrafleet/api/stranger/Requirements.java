package io.terrafleet.api.stranger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a configuration brings in from elsewhere, with that of the local modules that it calls.
 *
 * @param providers as {@code namespace/type}, or {@code host/namespace/type} for a registry of one's own
 * @param modules sources that are not directories of the same repository, as they are written
 * @param problems why it cannot be told what else there is, each with its file
 */
public record Requirements(SortedSet<String> providers, SortedSet<String> modules, SortedSet<String> problems) {
    private static final int MOST_DIRECTORIES = 500;

    /** @param root clean, without slashes at its ends */
    public static Requirements of(Sources sources, String root) throws IOException {
        Requirements found = new Requirements(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        Set<String> seen = new HashSet<>();
        Deque<String> toRead = new ArrayDeque<>(Set.of(root));
        while (!toRead.isEmpty()) {
            String directory = toRead.remove();
            if (!seen.add(directory)) {
                continue;
            }
            if (seen.size() > MOST_DIRECTORIES) {
                found.problems.add("it calls more than " + MOST_DIRECTORIES + " local modules");
                return found;
            }
            ModuleNeeds needs = new ModuleNeeds();
            for (Map.Entry<String, Sources.Text> file : sources.in(directory).entrySet()) {
                read(
                        needs,
                        found,
                        directory.isEmpty() ? file.getKey() : directory + "/" + file.getKey(),
                        file.getValue());
            }
            found.providers.addAll(needs.providers());
            for (String source : needs.calls()) {
                if (source.startsWith("./") || source.startsWith("../")) {
                    toRead.add(resolve(directory, source));
                } else {
                    found.modules.add(source);
                }
            }
        }
        return found;
    }

    private static void read(ModuleNeeds needs, Requirements found, String path, Sources.Text text) {
        try {
            if (!text.whole()) {
                throw new Unreadable("it is too large to be looked at");
            }
            if (path.endsWith(".json")) {
                needs.json(text.content());
            } else {
                needs.file(Block.file(text.content()));
            }
        } catch (Unreadable e) {
            found.problems.add(path + ": " + e.reason());
        }
    }

    /** What leads out of the repository stays at its root, where terraform finds nothing. */
    private static String resolve(String directory, String source) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (directory + "/" + source).split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
