package io.terrafleet.api.login;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.login.LoginRequest.Parameters;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.session.PageHeadersFilter;
import io.terrafleet.api.session.PagePaths;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where {@code terraform login} sends the browser: somebody who is signed in agrees, and the browser carries the code back. */
@Path(PagePaths.LOGIN_OF_COMMANDS)
@RunOnVirtualThread
@Needs(Permission.KNOWN)
public class LoginPage {
    private final Logins logins;
    private final Caller caller;

    LoginPage(Logins logins, Caller caller) {
        this.logins = logins;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "login")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance consent(LoginRequest login);
    }

    @GET
    public Response ask(
            @RestQuery("client_id") @Nullable String clientId,
            @RestQuery("response_type") @Nullable String responseType,
            @RestQuery("code_challenge_method") @Nullable String challengeMethod,
            @RestQuery("code_challenge") @Nullable String challenge,
            @RestQuery("redirect_uri") @Nullable String redirectUri,
            @RestQuery @Nullable String state) {
        user();
        LoginRequest login =
                LoginRequest.of(new Parameters(clientId, responseType, challengeMethod, challenge, redirectUri, state));
        return Response.ok(Templates.consent(login).render(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(
                        PageHeadersFilter.POLICY,
                        PageHeadersFilter.policy(
                                "http://localhost:" + login.port() + " http://127.0.0.1:" + login.port()))
                .build();
    }

    @POST
    public Response answer(
            @RestForm("code_challenge") @Nullable String challenge,
            @RestForm("redirect_uri") @Nullable String redirectUri,
            @RestForm @Nullable String state,
            @RestForm @Nullable String answer) {
        Principal user = user();
        LoginRequest login =
                LoginRequest.of(new Parameters(LoginRequest.CLIENT, "code", "S256", challenge, redirectUri, state));
        String where = "allow".equals(answer) ? login.withCode(logins.allow(user.id(), login)) : login.refused();
        return Response.seeOther(URI.create(where)).build();
    }

    private Principal user() {
        Principal who = caller.principal();
        if (!who.isUser()) {
            throw Problem.forbidden("You are signed in with the token of an organization. Sign out, and in again with"
                    + " a token of your own: terraform login makes a token in the name of a person.");
        }
        return who;
    }
}
