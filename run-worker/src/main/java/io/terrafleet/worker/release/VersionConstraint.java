package io.terrafleet.worker.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions are wanted, as terraform's {@code required_version} says it: {@code =}, {@code !=}, {@code >}, {@code >=},
 * {@code <}, {@code <=}, {@code ~>}, joined by commas; or {@code latest}. A pre-release is taken only when it is named exactly.
 */
public final class VersionConstraint {
    private static final Pattern TERM = Pattern.compile("\\s*(=|!=|>=|<=|~>|>|<)?\\s*(v?[0-9][0-9A-Za-z.+-]*)\\s*");
    private static final int MOST_TERMS = 20;
    private static final int LONGEST = 500;

    private enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        PESSIMISTIC
    }

    /** @param given how many numbers were written: {@code ~> 1.9} and {@code ~> 1.9.0} differ */
    private record Term(Operator operator, Version version, int given) {
        boolean accepts(Version candidate) {
            int order = candidate.compareTo(version);
            return switch (operator) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case PESSIMISTIC -> order >= 0 && samePrefix(candidate);
            };
        }

        /** All numbers but the last that was written. */
        private boolean samePrefix(Version candidate) {
            int fixed = Math.max(given - 1, 0);
            return candidate
                    .numbers()
                    .subList(0, fixed)
                    .equals(version.numbers().subList(0, fixed));
        }
    }

    private final List<Term> terms;
    private final String text;

    private VersionConstraint(List<Term> terms, String text) {
        this.terms = terms;
        this.text = text;
    }

    /** @throws IllegalArgumentException when the text is not a constraint; the message is for people */
    public static VersionConstraint parse(String text) {
        String stripped = text.strip();
        if (stripped.toLowerCase(Locale.ROOT).equals("latest")) {
            return new VersionConstraint(List.of(), "latest");
        }
        String[] parts = stripped.split(",", -1);
        if (stripped.length() > LONGEST || parts.length > MOST_TERMS) {
            throw new IllegalArgumentException(
                    "a version constraint has at most " + MOST_TERMS + " terms and " + LONGEST + " characters");
        }
        List<Term> terms = new ArrayList<>(parts.length);
        for (String part : parts) {
            terms.add(term(part, stripped));
        }
        return new VersionConstraint(List.copyOf(terms), stripped);
    }

    private static Term term(String part, String whole) {
        Matcher form = TERM.matcher(part);
        Optional<Version> version = form.matches() ? Version.parse(form.group(2)) : Optional.empty();
        if (version.isEmpty()) {
            throw new IllegalArgumentException("\"" + whole.replaceAll("\\p{Cntrl}", "?")
                    + "\" is no version constraint; 1.9.8, ~> 1.9.0, \">= 1.5, < 2.0\" and latest are examples");
        }
        String numbers = form.group(2).split("[-+]", 2)[0];
        int given = numbers.split("\\.", -1).length;
        return new Term(operator(form.group(1)), version.get(), given);
    }

    private static Operator operator(@org.jspecify.annotations.Nullable String sign) {
        return switch (sign) {
            case "!=" -> Operator.NOT_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case "~>" -> Operator.PESSIMISTIC;
            case null, default -> Operator.EQUAL;
        };
    }

    public boolean accepts(Version candidate) {
        boolean named = terms.stream()
                .anyMatch(term ->
                        term.operator() == Operator.EQUAL && term.version().equals(candidate));
        return (candidate.isRelease() || named) && terms.stream().allMatch(term -> term.accepts(candidate));
    }

    /** The newest that is accepted. */
    public Optional<Version> newest(Collection<Version> candidates) {
        return candidates.stream().filter(this::accepts).max(Version::compareTo);
    }

    /** The only version that can satisfy it, if it names one. */
    public Optional<Version> exact() {
        return terms.size() == 1 && terms.getFirst().operator() == Operator.EQUAL
                ? Optional.of(terms.getFirst().version())
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
