package io.terrafleet.testkit;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Whom a {@link GitForge} lets in, and what it may have instead of good weather: no service, a limit of calls, another token. */
public final class ForgeWeather {
    /** Of whoever pushes there, in any weather. */
    static final String OWN_TOKEN = "token-of-who-pushes";

    private final ForgeApp app;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile String token = GitForge.TOKEN;
    private volatile int answersWith;
    private volatile boolean down;

    ForgeWeather(ForgeApp app) {
        this.app = app;
    }

    void answerWith(int status) {
        answersWith = status;
    }

    int refused() {
        return refused.get();
    }

    /** Whether git and API are out of service; who pushes gets through. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** The only token that is good from now on. */
    public void replaceToken(String good) {
        token = good;
    }

    /** The status that a request to the API is turned away with; 0 for one that is answered. */
    int answersWith(HttpServletRequest request) {
        int status = answersWith != 0 ? answersWith : authorized(request) ? 0 : 401;
        if (status != 0) {
            refused.incrementAndGet();
        }
        return status;
    }

    /** A git client shows its token only to who asks for it. */
    Filter guard(String api) {
        return (request, response, chain) -> {
            HttpServletRequest asked = (HttpServletRequest) request;
            HttpServletResponse refusal = (HttpServletResponse) response;
            if (down && !shown(asked).equals(OWN_TOKEN) && !shown(asked).isEmpty()) {
                refused.incrementAndGet();
                refusal.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            } else if (authorized(asked) || asked.getRequestURI().startsWith(api)) {
                chain.doFilter(request, response);
            } else {
                refusal.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
                refusal.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }

    private boolean authorized(HttpServletRequest request) {
        String shown = shown(request);
        return shown.equals(token) || shown.equals(OWN_TOKEN) || app.isToken(shown);
    }

    private static String shown(HttpServletRequest request) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        String pair = header.startsWith("Basic ")
                ? new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8)
                : header;
        return pair.startsWith("Bearer ") ? pair.substring("Bearer ".length()) : pair.substring(pair.indexOf(':') + 1);
    }
}
