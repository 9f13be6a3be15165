package io.terrafleet.api.team;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.TeamTokens;
import io.terrafleet.api.access.TokenExpiry;
import io.terrafleet.api.access.TokenRequest;
import io.terrafleet.api.access.TokenView;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.access.Tokens.Token;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens of teams: the one that the older addresses know, and as many as one likes with a description each. */
@Path("/api/v2")
@RunOnVirtualThread
public class TeamTokenResource {
    private final Tokens tokens;
    private final TeamTokens rights;
    private final Organizations organizations;
    private final Caller caller;
    private final InstantSource clock;

    TeamTokenResource(
            Tokens tokens,
            TeamTokens rights,
            Organizations organizations,
            Caller caller,
            @Identifier("api") InstantSource clock) {
        this.tokens = tokens;
        this.rights = rights;
        this.organizations = organizations;
        this.caller = caller;
        this.clock = clock;
    }

    /** A new one replaces the old one, which stops working. */
    @POST
    @Path("teams/{team}/authentication-token")
    @Needs(Permission.READ)
    public Response replace(@PathParam("team") String team, InputStream body) {
        rights.require(caller.principal(), team);
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        return Documents.created(TokenView.of(tokens.issueOnlyForTeam(team, wish.expiresAt(), creator())));
    }

    @GET
    @Path("teams/{team}/authentication-token")
    @Needs(Permission.READ)
    public Response show(@PathParam("team") String team) {
        return Documents.ok(TokenView.of(only(team)));
    }

    @DELETE
    @Path("teams/{team}/authentication-token")
    @Needs(Permission.READ)
    public Response revoke(@PathParam("team") String team) {
        tokens.revoke(only(team).id());
        return Response.noContent().build();
    }

    @POST
    @Path("teams/{team}/authentication-tokens")
    @Needs(Permission.READ)
    public Response create(@PathParam("team") String team, InputStream body) {
        rights.require(caller.principal(), team);
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        boolean taken = tokens.ofTeam(team).stream()
                .anyMatch(token -> token.description().equals(wish.description()));
        if (taken) {
            throw Problem.invalid("description", "Description has already been taken");
        }
        return Documents.created(
                TokenView.of(tokens.issueForTeam(team, wish.description(), wish.expiresAt(), creator())));
    }

    @GET
    @Path("teams/{team}/authentication-tokens")
    @Needs(Permission.READ)
    public Response list(@PathParam("team") String team, @Context UriInfo uri) {
        rights.require(caller.principal(), team);
        Page page = Page.of(uri);
        List<Token> all = tokens.ofTeam(team);
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

    /** {@code filter[expiry_status]}: those that end soon, have ended, never end. */
    @GET
    @Path("organizations/{organization}/team-tokens")
    @Needs(Permission.MANAGE_TEAMS)
    public Response ofOrganization(
            @PathParam("organization") String name,
            @QueryParam("filter[expiry_status]") @Nullable String status,
            @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_TEAMS);
        Page page = Page.of(uri);
        List<TokenExpiry> expiry = TokenExpiry.read(status);
        return Documents.page(
                tokens.ofTeams(organization.id(), expiry, page.offset(), page.size()).stream()
                        .map(TokenView::of)
                        .toList(),
                page,
                tokens.countOfTeams(organization.id(), expiry),
                uri);
    }

    private Token only(String team) {
        rights.require(caller.principal(), team);
        return tokens.onlyOfTeam(team).orElseThrow(Problem::notFound);
    }

    private Optional<String> creator() {
        Principal who = caller.principal();
        return who.isUser() ? Optional.of(who.id()) : Optional.empty();
    }
}
