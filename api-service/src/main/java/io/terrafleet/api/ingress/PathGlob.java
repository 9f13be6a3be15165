package io.terrafleet.api.ingress;

import java.util.regex.Pattern;

/** A pattern of paths: {@code *} and {@code ?} within a directory, {@code **} over any number of them, {@code [a-z]}. */
final class PathGlob {
    private final Pattern pattern;

    PathGlob(String glob) {
        this.pattern = Pattern.compile(regex(Directories.clean(glob)));
    }

    boolean matches(String path) {
        return TagRule.isWhole(pattern, path);
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:[^/]++/)*");
                i += 3;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else if (c == '[' && glob.indexOf(']', i) > i + 1) {
                int end = glob.indexOf(']', i);
                regex.append(characters(glob.substring(i + 1, end)));
                i = end + 1;
            } else {
                regex.append(one(c));
                i++;
            }
        }
        return regex.toString();
    }

    private static String one(char c) {
        return switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    private static String characters(String inside) {
        boolean not = inside.startsWith("!") || inside.startsWith("^");
        String letters = (not ? inside.substring(1) : inside)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&", "\\&")
                .replace("^", "\\^");
        return letters.isEmpty() ? Pattern.quote("[" + inside + "]") : "[" + (not ? "^/" : "") + letters + "]";
    }
}
