package io.terrafleet.api.policy;

import io.terrafleet.api.problem.Problem;
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

    /** Throws {@link Problem}, with the line. */
    public static List<Entry> read(String source) {
        return new PoliciesFile(source).policies();
    }

    private List<Entry> policies() {
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
            if (entries.size() > PolicyBounds.MOST_POLICIES_OF_SET) {
                throw wrong("a set may hold at most " + PolicyBounds.MOST_POLICIES_OF_SET + " policies");
            }
        }
        if (entries.isEmpty()) {
            throw wrong("there is no policy in it");
        }
        return List.copyOf(entries);
    }

    private Entry policy(String name) {
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
        String query =
                Optional.ofNullable(said.get("query")).orElseThrow(() -> wrong("the policy " + name + " has no query"));
        String level = said.getOrDefault("enforcement_level", "advisory");
        if (!LEVELS.contains(level)) {
            throw wrong("enforcement_level must be advisory, mandatory or hard-mandatory");
        }
        Optional<String> description = Optional.ofNullable(said.get("description"));
        PolicySettings checked = new PolicySettings(
                Optional.of(name), description, Optional.of(query), Optional.of(Enforcement.of(level)));
        return new Entry(name, query, checked.enforcement().orElseThrow(), description);
    }

    private String word() {
        return token("word", "a word");
    }

    private String text() {
        return token("text", "a text in quotes").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private void sign(String wanted) {
        if (!token("sign", wanted).equals(wanted)) {
            throw wrong(wanted + " is missing");
        }
    }

    private String token(String kind, String wanted) {
        String found = more() && next() ? tokens.group(kind) : null;
        if (found == null) {
            throw wrong(wanted + " is missing");
        }
        at = tokens.end();
        return found;
    }

    private boolean ahead(String sign) {
        return more() && next() && sign.equals(tokens.group("sign"));
    }

    /** Steps over space and comments. */
    private boolean more() {
        while (at < source.length() && next() && tokens.group("space") != null) {
            at = tokens.end();
        }
        return at < source.length();
    }

    private boolean next() {
        if (!tokens.region(at, source.length()).lookingAt()) {
            throw wrong("this is not understood");
        }
        return true;
    }

    private Problem wrong(String what) {
        long line = source.substring(0, Math.min(at, source.length())).lines().count();
        return Problem.unprocessable("policies.hcl, line " + Math.max(1, line) + ": " + what + ".");
    }
}
