package io.terrafleet.rego.syntax;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two versions of the language. In version 0 newer keywords are names until {@code import future.keywords}. */
public enum Language {
    V0,
    V1;

    private static final List<String> OLD =
            List.of("as", "default", "else", "import", "package", "not", "null", "true", "false", "with", "some");
    private static final List<String> NEW = List.of("if", "contains", "in", "every");
    private static final Pattern IMPORT_V1 = Pattern.compile("(?m)^[ \\t]*import[ \\t]+rego\\.v1\\b");
    private static final Pattern IMPORT_KEYWORD =
            Pattern.compile("(?m)^[ \\t]*import[ \\t]+future\\.keywords(?:\\.(\\w+))?");

    /** The version of a source for which this one was asked. */
    Language of(String source) {
        return this == V0 && IMPORT_V1.matcher(source).find() ? V1 : this;
    }

    Set<String> keywords() {
        Set<String> keywords = new HashSet<>(OLD);
        keywords.addAll(NEW);
        return keywords;
    }

    Set<String> keywords(String source) {
        if (this == V1) {
            return keywords();
        }
        Set<String> keywords = new HashSet<>(OLD);
        Matcher imported = IMPORT_KEYWORD.matcher(source);
        while (imported.find()) {
            String word = imported.group(1);
            keywords.addAll(word == null ? NEW : Arrays.asList(word, word.equals("every") ? "in" : word));
        }
        return keywords;
    }
}
