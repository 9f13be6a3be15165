package io.terrafleet.api.stranger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Whether a stranger's configuration keeps to what it may use. A list that is not set is what the branch itself uses. */
public final class AllowList {
    /** Providers whose purpose it is to run programs, or to read and send files: to be named, not taken over from the branch. */
    private static final Set<String> NAMED_ONLY = Set.of("hashicorp/external", "hashicorp/local", "hashicorp/http");

    private static final int MOST_SAID = 5;

    private AllowList() {}

    /**
     * @param base what the branch uses
     * @param links paths whose symbolic link, or commit of a submodule, is not that of the branch
     * @return what it is refused for, for people; empty when it keeps to everything
     */
    public static Optional<String> refusal(
            Requirements wanted,
            Requirements base,
            Optional<List<String>> providers,
            Optional<List<String>> modules,
            SortedSet<String> links) {
        List<String> reasons = new ArrayList<>();
        wanted.problems().forEach(problem -> reasons.add("it cannot be told what it uses: " + problem));
        links.forEach(path -> reasons.add("it changes the link " + path));
        for (String provider : wanted.providers()) {
            boolean may = providers.isPresent()
                    ? providers.get().stream()
                            .anyMatch(pattern ->
                                    provider(pattern).matcher(provider).matches())
                    : base.providers().contains(provider) && !NAMED_ONLY.contains(provider);
            if (!may) {
                reasons.add("the provider " + provider + " is not on the provider allow-list");
            }
        }
        for (String module : wanted.modules()) {
            boolean may = modules.isPresent()
                    ? modules.get().stream().anyMatch(pattern -> matches(pattern, module))
                    : base.modules().contains(module);
            if (!may) {
                reasons.add("the module source " + module + " is not on the module allow-list");
            }
        }
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        String first = String.join("; ", reasons.subList(0, Math.min(MOST_SAID, reasons.size())));
        return Optional.of("Not planned, because a stranger wrote it: " + first
                + (reasons.size() > MOST_SAID ? " and " + (reasons.size() - MOST_SAID) + " more" : ""));
    }

    private static Pattern provider(String pattern) {
        return glob(pattern.strip().toLowerCase(Locale.ROOT), "[^/]*", "");
    }

    /** A query, which names a version, may follow; nobody climbs out of a path, or puts another host in its place. */
    private static boolean matches(String pattern, String source) {
        return !source.contains("..")
                && glob(pattern, "[^?#@:]*", "(\\?[^#@]*)?").matcher(source).matches();
    }

    private static Pattern glob(String pattern, String any, String end) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : any).append(part.isEmpty() ? "" : Pattern.quote(part));
        }
        return Pattern.compile(regex + end);
    }

    /** @return paths of which the two say something else */
    public static SortedSet<String> differing(Map<String, String> wanted, Map<String, String> base) {
        Map<String, String> differing = new TreeMap<>(wanted);
        differing.entrySet().removeIf(link -> link.getValue().equals(base.get(link.getKey())));
        return new java.util.TreeSet<>(differing.keySet());
    }
}
