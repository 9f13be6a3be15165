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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The one token of an organization, for its pipelines, and with {@code ?token=audit-trails} the one that reads its audit trail. Owners manage
 * them; the tokens themselves cannot.
 */
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
    public Response create(
            @PathParam("organization") String name, @QueryParam("token") @Nullable String kind, InputStream body) {
        Organization organization = owned(name);
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        return Documents.created(TokenView.of(
                ofAuditTrails(kind)
                        ? tokens.issueForAuditTrails(organization.id(), wish.expiresAt())
                        : tokens.issueForOrganization(organization.id(), wish.expiresAt())));
    }

    @GET
    @Path("organizations/{organization}/authentication-token")
    @Needs(Permission.OWN)
    public Response show(@PathParam("organization") String name, @QueryParam("token") @Nullable String kind) {
        return Documents.ok(TokenView.of(only(name, kind)));
    }

    @DELETE
    @Path("organizations/{organization}/authentication-token")
    @Needs(Permission.OWN)
    public Response revoke(@PathParam("organization") String name, @QueryParam("token") @Nullable String kind) {
        tokens.revoke(only(name, kind).id());
        return Response.noContent().build();
    }

    private Tokens.Token only(String name, @Nullable String kind) {
        String organization = owned(name).id();
        return (ofAuditTrails(kind) ? tokens.ofAuditTrails(organization) : tokens.ofOrganization(organization))
                .orElseThrow(Problem::notFound);
    }

    private static boolean ofAuditTrails(@Nullable String kind) {
        if (kind != null && !kind.isEmpty() && !kind.equals("audit-trails")) {
            throw Problem.malformed("token must be audit-trails, or absent for the organization's own token");
        }
        return "audit-trails".equals(kind);
    }

    private Organization owned(String name) {
        Principal who = caller.principal();
        Organization organization = organizations.permitted(who, name, Permission.OWN);
        if (who.kind() == Principal.Kind.ORGANIZATION) {
            throw Problem.forbidden("An organization's token cannot manage itself; use an owner's token.");
        }
        return organization;
    }
}
