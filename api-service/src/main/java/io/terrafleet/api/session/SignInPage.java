package io.terrafleet.api.session;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.document.PublicUrl;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Signing in with a token, and out. */
@Path("/app")
@RunOnVirtualThread
public class SignInPage {
    private static final Logger LOG = Logger.getLogger(SignInPage.class);

    private final Sessions sessions;
    private final SignInAttempts attempts;
    private final Caller caller;
    private final boolean secure;

    SignInPage(Sessions sessions, SignInAttempts attempts, Caller caller, PublicUrl publicUrl) {
        this.sessions = sessions;
        this.attempts = attempts;
        this.caller = caller;
        this.secure = publicUrl.toString().startsWith("https:");
    }

    @CheckedTemplate(basePath = "session")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance signIn(String to, Optional<String> error);
    }

    @GET
    @Path("login")
    @Open(because = "nobody is signed in yet")
    public Response form(@RestQuery @Nullable String to) {
        String wanted = PagePaths.afterSignIn(to == null ? "" : to);
        return caller.known().isPresent()
                ? Response.seeOther(URI.create(wanted)).build()
                : page(200, wanted, Optional.empty());
    }

    @POST
    @Path("login")
    @Open(because = "the token in the form is checked here")
    public Response signIn(
            @RestForm @Nullable String token, @RestForm @Nullable String to, @Context HttpServerRequest request) {
        String wanted = PagePaths.afterSignIn(to == null ? "" : to);
        String address = request.remoteAddress().hostAddress();
        if (!attempts.mayTry(address)) {
            return page(429, wanted, Optional.of("Too many wrong tokens from your address. Wait a few minutes."));
        }
        Optional<String> secret = sessions.signIn(token == null ? "" : token.trim());
        if (secret.isEmpty()) {
            attempts.failed(address);
            LOG.infof("sign-in refused address=%s", address);
            return page(422, wanted, Optional.of("This token is unknown, revoked or expired."));
        }
        return Response.seeOther(URI.create(wanted))
                .cookie(cookie(secret.get(), (int) Sessions.LIFETIME.toSeconds()))
                .build();
    }

    @POST
    @Path("logout")
    @Open(because = "it only ends the caller's own session")
    public Response signOut(@CookieParam(SessionFilter.COOKIE) @Nullable String secret) {
        if (secret != null) {
            sessions.signOut(secret);
        }
        return Response.seeOther(URI.create(PagePaths.SIGN_IN))
                .cookie(cookie("", 0))
                .build();
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(SessionFilter.COOKIE)
                .value(value)
                .path(PagePaths.HOME)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(seconds)
                .build();
    }

    private static Response page(int status, String to, Optional<String> error) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.signIn(to, error).render())
                .build();
    }
}
