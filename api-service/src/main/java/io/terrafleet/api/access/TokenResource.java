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
    private final TeamTokens teamTokens;
    private final Caller caller;
    private final InstantSource clock;

    TokenResource(
            Tokens tokens,
            Users users,
            Grants grants,
            TeamTokens teamTokens,
            Caller caller,
            @Identifier("api") InstantSource clock) {
        this.tokens = tokens;
        this.users = users;
        this.grants = grants;
        this.teamTokens = teamTokens;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Path("users/{user}/authentication-tokens")
    @Needs(Permission.SELF)
    public Response create(@PathParam("user") String user, InputStream body) {
        requireSelf(user);
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        return Documents.created(TokenView.of(tokens.issueForUser(user, wish.description(), wish.expiresAt())));
    }

    @GET
    @Path("users/{user}/authentication-tokens")
    @Needs(Permission.SELF)
    public Response list(@PathParam("user") String user, @Context UriInfo uri) {
        requireSelf(user);
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
    @Needs(Permission.KNOWN)
    public Response show(@PathParam("token") String id) {
        return Documents.ok(TokenView.of(permitted(id)));
    }

    /** From then on nobody gets in with it. */
    @DELETE
    @Path("authentication-tokens/{token}")
    @Needs(Permission.KNOWN)
    public Response revoke(@PathParam("token") String id) {
        tokens.revoke(permitted(id).id());
        return Response.noContent().build();
    }

    private void requireSelf(String user) {
        grants.requireSelf(caller.principal(), user);
        if (users.find(user).isEmpty()) {
            throw Problem.notFound();
        }
    }

    private Token permitted(String id) {
        Token token = tokens.find(id).orElseThrow(Problem::notFound);
        Principal who = caller.principal();
        switch (token.kind()) {
            case USER -> token.userId().ifPresent(this::requireSelf);
            case TEAM -> token.teamId().ifPresent(team -> teamTokens.require(who, team));
            case ORGANIZATION, AUDIT_TRAILS ->
                token.organizationId().ifPresent(organization -> requireOwner(who, organization));
            case AGENT ->
                token.organizationId()
                        .ifPresent(organization -> grants.require(who, organization, Permission.MANAGE_AGENT_POOLS));
            case RUN -> throw Problem.notFound();
        }
        return token;
    }

    /** An organization's token manages neither itself nor its like. */
    private void requireOwner(Principal who, String organization) {
        if (who.kind() == Principal.Kind.ORGANIZATION) {
            throw Problem.notFound();
        }
        grants.require(who, organization, Permission.OWN);
    }
}
