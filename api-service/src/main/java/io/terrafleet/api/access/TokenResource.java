package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Tokens.Token;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;

/** Tokens of users: of one's own, and a site administrator's of anybody's. */
@Path("/api/v2")
@RunOnVirtualThread
public class TokenResource {
    private final Tokens tokens;
    private final Users users;
    private final Grants grants;
    private final Caller caller;
    private final InstantSource clock;

    TokenResource(Tokens tokens, Users users, Grants grants, Caller caller, @Identifier("api") InstantSource clock) {
        this.tokens = tokens;
        this.users = users;
        this.grants = grants;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Path("users/{user}/authentication-tokens")
    public Response create(@PathParam("user") String user, InputStream body) {
        requireSelfOrAdmin(user);
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        return Documents.created(TokenView.of(tokens.issueForUser(user, wish.description(), wish.expiresAt())));
    }

    @GET
    @Path("users/{user}/authentication-tokens")
    public Response list(@PathParam("user") String user, @Context UriInfo uri) {
        requireSelfOrAdmin(user);
        Page page = Page.of(uri);
        List<Token> all = tokens.ofUser(user);
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(TokenView::of)
                        .toList(),
                page,
                all.size(),
                uri);
    }

    @GET
    @Path("authentication-tokens/{token}")
    public Response show(@PathParam("token") String id) {
        return Documents.ok(TokenView.of(permitted(id)));
    }

    /** From then on nobody gets in with it. */
    @DELETE
    @Path("authentication-tokens/{token}")
    public Response revoke(@PathParam("token") String id) {
        tokens.revoke(permitted(id).id());
        return Response.noContent().build();
    }

    private void requireSelfOrAdmin(String user) {
        Principal who = caller.principal();
        boolean self = who.isUser() && who.id().equals(user);
        if ((!self && !who.siteAdmin()) || users.find(user).isEmpty()) {
            throw Problem.notFound();
        }
    }

    private Token permitted(String id) {
        Token token = tokens.find(id).orElseThrow(Problem::notFound);
        token.userId().ifPresent(this::requireSelfOrAdmin);
        token.organizationId().ifPresent(organization -> {
            if (!caller.principal().isUser()) {
                throw Problem.notFound();
            }
            grants.require(caller.principal(), organization, Permission.OWN);
        });
        return token;
    }
}
