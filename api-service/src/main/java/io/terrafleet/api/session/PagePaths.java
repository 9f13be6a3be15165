package io.terrafleet.api.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where the pages are. */
public final class PagePaths {
    public static final String HOME = "/app";
    public static final String SIGN_IN = "/app/login";

    /** Where {@code terraform login} sends people; the one page whose query must survive the sign-in. */
    public static final String LOGIN_OF_COMMANDS = "/app/oauth2/auth";

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9_.~%&=+-]*");

    /** A path of ours: no scheme, no host, no backslash, nothing that a browser would read as another place. */
    private static final Pattern OURS = Pattern.compile("/app(/[A-Za-z0-9_.~%@+-]+)*/?");

    private static final int LONGEST = 1_000;

    private PagePaths() {}

    public static boolean isPage(String path) {
        return path.equals(HOME) || path.startsWith(HOME + "/");
    }

    /** The sign-in page that leads back to where one wanted to go. */
    static String signIn(String wanted) {
        return wanted.equals(HOME) ? SIGN_IN : SIGN_IN + "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    /** The wanted path when it is one of ours, else the first page. */
    static String afterSignIn(String wanted) {
        int question = wanted.indexOf('?');
        boolean asked = question >= 0
                && wanted.substring(0, question).equals(LOGIN_OF_COMMANDS)
                && QUERY.matcher(wanted.substring(question + 1)).matches();
        if (asked && wanted.length() <= LONGEST) {
            return wanted;
        }
        boolean ours = wanted.length() <= LONGEST
                && OURS.matcher(wanted).matches()
                && !wanted.startsWith(SIGN_IN)
                && !wanted.contains("/../")
                && !wanted.endsWith("/..");
        return ours ? wanted : HOME;
    }
}
