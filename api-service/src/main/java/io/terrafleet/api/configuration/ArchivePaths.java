package io.terrafleet.api.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of one archive, judged so that unpacking cannot leave the directory it is unpacked in, whatever the order.
 *
 * <p>A link may point anywhere inside the tree, but its target may climb only at its beginning and nothing may lie below a link. Then
 * every climb happens in real directories, and no chain of links leads out.
 */
final class ArchivePaths {
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    private final int longest;
    private final List<List<String>> paths = new ArrayList<>();
    private final Map<String, String> links = new HashMap<>();
    private long characters;

    ArchivePaths(int longest) {
        this.longest = longest;
    }

    void add(String name) throws ArchiveRefused {
        path(name);
    }

    void addLink(String name, String target) throws ArchiveRefused {
        List<String> path = path(name);
        if (path.isEmpty()) {
            throw ArchiveRefused.entry(name, "is a link in place of the configuration's root");
        }
        if (target.startsWith("/") || target.startsWith("\\") || target.isEmpty() || target.length() > longest) {
            throw ArchiveRefused.entry(
                    name, "is a link to an absolute, empty or overlong path; link inside the configuration");
        }
        int climbs = 0;
        boolean descended = false;
        for (String segment : target.split("/", -1)) {
            if (segment.equals("..")) {
                if (descended) {
                    throw ArchiveRefused.entry(
                            name, "is a link whose target has \"..\" after a name; write the target plainly");
                }
                climbs++;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                descended = true;
            }
        }
        if (climbs > path.size() - 1) {
            throw ArchiveRefused.entry(name, "is a link that leads out of the configuration");
        }
        links.put(String.join("/", path), name);
    }

    /** To be asked when the last path is known. */
    void requireNothingBelowLinks() throws ArchiveRefused {
        if (links.isEmpty()) {
            return;
        }
        for (List<String> path : paths) {
            for (int length = 1; length < path.size(); length++) {
                String ancestor = String.join("/", path.subList(0, length));
                if (links.containsKey(ancestor)) {
                    throw ArchiveRefused.entry(
                            String.join("/", path), "lies below \"" + ancestor + "\", which is a link");
                }
            }
        }
    }

    private List<String> path(String name) throws ArchiveRefused {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw ArchiveRefused.entry(name, "is not a name");
        }
        if (name.length() > longest) {
            throw ArchiveRefused.entry(name, "has a path of more than " + longest + " characters");
        }
        if (name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*")) {
            throw ArchiveRefused.entry(name, "is an absolute path");
        }
        characters += name.length();
        if (characters > MOST_CHARACTERS) {
            throw new ArchiveRefused(
                    "The archive is refused: its paths have more than " + MOST_CHARACTERS + " characters in all.");
        }
        List<String> path = new ArrayList<>();
        for (String segment : name.split("[/\\\\]", -1)) {
            if (segment.equals("..")) {
                throw ArchiveRefused.entry(name, "leads out of the configuration or contains \"..\"");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                path.add(segment);
            }
        }
        paths.add(path);
        return path;
    }
}
