package io.terrafleet.api.ingress;

import io.terrafleet.api.vcs.Commits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directories that a configuration is made of: its own, and those of the local modules that it calls, and they call. */
final class Directories {
    private static final Pattern SOURCE = Pattern.compile("(?m)^\\s*source\\s*=\\s*\"(\\.\\.?/[^\"$]{0,500})\"");
    private static final int MOST = 200;

    private Directories() {}

    /**
     * @param root as a workspace names its working directory; empty for the repository's own
     * @return clean paths, that of the root among them
     */
    static Set<String> of(Commits commits, String tree, String root) throws IOException {
        Set<String> found = new TreeSet<>();
        Deque<String> toRead = new ArrayDeque<>();
        toRead.add(clean(root));
        while (!toRead.isEmpty() && found.size() < MOST) {
            String directory = toRead.remove();
            if (found.add(directory)) {
                for (String text : commits.texts(tree, directory, ".tf").values()) {
                    Matcher source = SOURCE.matcher(text);
                    while (source.find()) {
                        toRead.add(clean(directory + "/" + source.group(1)));
                    }
                }
            }
        }
        return found;
    }

    /** Without slashes at its ends and without dots: {@code ./a/../b/} is {@code b}. What leads out of the repository stays at its root. */
    static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
