package io.terrafleet.api.organization;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.TokenRequest;
import io.terrafleet.api.access.TokenView;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.InstantSource;

/** The one token of an organization, for its pipelines. Owners manage it; the token itself cannot. */
@Path("/api/v2")
@RunOnVirtualThread
public class OrganizationTokenResource {
    private final Organizations organizations;
    private final Tokens tokens;
    private final Caller caller;
    private final InstantSource clock;

    OrganizationTokenResource(
            Organizations organizations, Tokens tokens, Caller caller, @Identifier("api") InstantSource clock) {
        this.organizations = organizations;
        this.tokens = tokens;
        this.caller = caller;
        this.clock = clock;
    }

    /** A new one replaces the old one, which stops working. */
    @POST
    @Path("organizations/{organization}/authentication-token")
    @Needs(Permission.OWN)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = owned(name);
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        return Documents.created(TokenView.of(tokens.issueForOrganization(organization.id(), wish.expiresAt())));
    }

    @GET
    @Path("organizations/{organization}/authentication-token")
    @Needs(Permission.OWN)
    public Response show(@PathParam("organization") String name) {
        return Documents.ok(TokenView.of(tokens.ofOrganization(owned(name).id()).orElseThrow(Problem::notFound)));
    }

    @DELETE
    @Path("organizations/{organization}/authentication-token")
    @Needs(Permission.OWN)
    public Response revoke(@PathParam("organization") String name) {
        tokens.revoke(tokens.ofOrganization(owned(name).id())
                .orElseThrow(Problem::notFound)
                .id());
        return Response.noContent().build();
    }

    private Organization owned(String name) {
        Principal who = caller.principal();
        Organization organization = organizations.permitted(who, name, Permission.OWN);
        if (!who.isUser()) {
            throw Problem.forbidden("An organization's token cannot manage itself; use an owner's token.");
        }
        return organization;
    }
}
