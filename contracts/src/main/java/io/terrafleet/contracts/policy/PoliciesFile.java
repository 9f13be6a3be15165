package io.terrafleet.contracts.policy;

import io.terrafleet.contracts.event.Enforcement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code policies.hcl}: blocks {@code policy "NAME" { query = "data.…" enforcement_level = "mandatory" description = "…" }} and
 * comments. What such a file may say besides, no policy in Rego needs, and it is refused with its line.
 */
public final class PoliciesFile {
    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s+|#[^\\n"
            + "]*|//[^\\n"
            + "]*|/\\*(?s:.*?)\\*/)|(?<word>[A-Za-z_][A-Za-z0-9_-]*)|\"(?<text>(?:[^\"\\\\\\n"
            + "]|\\\\.)*+)\"|(?<sign>[{}=])");
    private static final Set<String> LEVELS = Set.of("advisory", "mandatory", "soft-mandatory", "hard-mandatory");
    private static final Set<String> KNOWN = Set.of("query", "enforcement_level", "description");

    private final String source;
    private final Matcher tokens;
    private int at;

    private PoliciesFile(String source) {
        this.source = source;
        this.tokens = TOKEN.matcher(source);
    }

    /** One policy of the file. */
    public record Entry(String name, String query, Enforcement enforcement, Optional<String> description) {}

    public static List<Entry> read(String source) throws PoliciesUnreadable {
        return new PoliciesFile(source).policies();
    }

    private List<Entry> policies() throws PoliciesUnreadable {
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (more()) {
            if (!word().equals("policy")) {
                throw wrong("only policy blocks are read");
            }
            Entry entry = policy(text());
            if (!names.add(entry.name())) {
                throw wrong("the policy " + entry.name() + " is there twice");
            }
            entries.add(entry);
            if (entries.size() > PolicyWords.MOST_POLICIES) {
                throw wrong("a set may hold at most " + PolicyWords.MOST_POLICIES + " policies");
            }
        }
        if (entries.isEmpty()) {
            throw wrong("there is no policy in it");
        }
        return List.copyOf(entries);
    }

    private Entry policy(String name) throws PoliciesUnreadable {
        sign("{");
        Map<String, String> said = new HashMap<>();
        while (!ahead("}")) {
            String key = word();
            sign("=");
            if (!KNOWN.contains(key) || said.put(key, text()) != null) {
                throw wrong(key + " is not known in a policy block, or is there twice");
            }
        }
        sign("}");
        String query = said.get("query");
        if (query == null) {
            throw wrong("the policy " + name + " has no query");
        }
        String level = said.getOrDefault("enforcement_level", "advisory");
        if (!LEVELS.contains(level)) {
            throw wrong("enforcement_level must be advisory, mandatory or hard-mandatory");
        }
        Optional<String> description = Optional.ofNullable(said.get("description"));
        check(name, query, description);
        return new Entry(name, query, Enforcement.of(level), description);
    }

    private void check(String name, String query, Optional<String> description) throws PoliciesUnreadable {
        if (!PolicyWords.isName(name)) {
            throw wrong("the name \"" + name + "\" may only have letters, numbers, -, and _, at most 90");
        }
        if (!PolicyWords.isQuery(query)) {
            throw wrong("the query of " + name + " must be a reference such as data.acme.deny");
        }
        if (description.isPresent() && !PolicyWords.isDescription(description.get())) {
            throw wrong("the description of " + name + " may have at most 1000 characters");
        }
    }

    private String word() throws PoliciesUnreadable {
        return token("word", "a word");
    }

    private String text() throws PoliciesUnreadable {
        return token("text", "a text in quotes").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private void sign(String wanted) throws PoliciesUnreadable {
        if (!token("sign", wanted).equals(wanted)) {
            throw wrong(wanted + " is missing");
        }
    }

    private String token(String kind, String wanted) throws PoliciesUnreadable {
        String found = more() && next() ? tokens.group(kind) : null;
        if (found == null) {
            throw wrong(wanted + " is missing");
        }
        at = tokens.end();
        return found;
    }

    private boolean ahead(String sign) throws PoliciesUnreadable {
        return more() && next() && sign.equals(tokens.group("sign"));
    }

    /** Steps over space and comments. */
    private boolean more() throws PoliciesUnreadable {
        while (at < source.length() && next() && tokens.group("space") != null) {
            at = tokens.end();
        }
        return at < source.length();
    }

    private boolean next() throws PoliciesUnreadable {
        if (!tokens.region(at, source.length()).lookingAt()) {
            throw wrong("this is not understood");
        }
        return true;
    }

    private PoliciesUnreadable wrong(String what) {
        long line = source.substring(0, Math.min(at, source.length())).lines().count();
        return new PoliciesUnreadable("policies.hcl, line " + Math.max(1, line) + ": " + what + ".");
    }
}
