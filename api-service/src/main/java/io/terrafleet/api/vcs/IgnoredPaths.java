package io.terrafleet.api.vcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.ignore.IgnoreNode.MatchResult;

/** What is left out of an archive: as {@code terraform} leaves it out of an upload, and what {@code .terraformignore} says. */
final class IgnoredPaths {
    static final String FILE = ".terraformignore";

    private final IgnoreNode rules;

    private IgnoredPaths(IgnoreNode rules) {
        this.rules = rules;
    }

    static IgnoredPaths none() {
        return new IgnoredPaths(new IgnoreNode());
    }

    /** @param text of the file; the rules are written as in {@code .gitignore} */
    static IgnoredPaths of(byte[] text) throws IOException {
        IgnoreNode rules = new IgnoreNode();
        rules.parse(FILE, new ByteArrayInputStream(text));
        return new IgnoredPaths(rules);
    }

    boolean contains(String path, boolean directory) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean always = directory && (name.equals(".git") || name.equals(".terraform"));
        return always || rules.isIgnored(path, directory) == MatchResult.IGNORED;
    }
}
