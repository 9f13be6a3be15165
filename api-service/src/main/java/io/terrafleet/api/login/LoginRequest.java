package io.terrafleet.api.login;

import io.terrafleet.api.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the terraform command asks of the person at the browser (RFC 6749 section 4.1.1 with RFC 7636), checked.
 *
 * @param challenge the SHA-256 of the verifier that only the command knows, in base64url
 * @param redirectUri where the command listens: {@code http://localhost:PORT/login}
 * @param port of it, one of those that the discovery document names
 * @param state goes back as it came
 */
record LoginRequest(String challenge, String redirectUri, int port, String state) {
    static final String CLIENT = "terraform-cli";
    static final int FIRST_PORT = 10_000;
    static final int LAST_PORT = 10_010;

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern REDIRECT = Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1):(\\d{1,5})/login");
    private static final Pattern STATE = Pattern.compile("[\\x21-\\x7e]{0,500}");

    static LoginRequest of(Parameters given) {
        require(CLIENT.equals(given.clientId()), "client_id must be " + CLIENT);
        require("code".equals(given.responseType()), "response_type must be code");
        require("S256".equals(given.challengeMethod()), "code_challenge_method must be S256");
        String challenge = text(given.challenge());
        require(
                CHALLENGE.matcher(challenge).matches(),
                "code_challenge must be a SHA-256 in base64url: 43 letters, digits, - and _");
        String state = text(given.state());
        require(STATE.matcher(state).matches(), "state may have at most 500 printable characters");
        String redirect = text(given.redirectUri());
        int port = port(redirect);
        return new LoginRequest(challenge, redirect, port, state);
    }

    /** As they came, each absent, empty or anything else. */
    record Parameters(
            @Nullable String clientId,
            @Nullable String responseType,
            @Nullable String challengeMethod,
            @Nullable String challenge,
            @Nullable String redirectUri,
            @Nullable String state) {}

    /** Where the browser takes the code. */
    String withCode(String code) {
        return redirectUri + "?code=" + code + "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }

    /** Where the browser says that the person refused. */
    String refused() {
        return redirectUri + "?error=access_denied&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }

    private static int port(String redirect) {
        Matcher matcher = REDIRECT.matcher(redirect);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        require(
                port >= FIRST_PORT && port <= LAST_PORT,
                "redirect_uri must be http://localhost:PORT/login with a port from " + FIRST_PORT + " to " + LAST_PORT);
        return port;
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static void require(boolean holds, String detail) {
        if (!holds) {
            throw Problem.malformed("This is no request of terraform login: " + detail + ".");
        }
    }
}
