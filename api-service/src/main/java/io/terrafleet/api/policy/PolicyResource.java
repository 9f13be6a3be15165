package io.terrafleet.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.event.Enforcement;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Policies: created, then uploaded, then put into sets. */
@Path("/api/v2")
@RunOnVirtualThread
public class PolicyResource {
    private final Policies policies;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    PolicyResource(Policies policies, Organizations organizations, Grants grants, Caller caller) {
        this.policies = policies;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/policies")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        String search = Optional.ofNullable(uri.getQueryParameters().getFirst("search[name]"))
                .orElse("");
        if (!ofKind(uri)) {
            return Documents.page(List.of(), page, 0, uri);
        }
        return Documents.page(
                policies.list(organization.id(), search, page.offset(), page.size()).stream()
                        .map(policy -> PolicyView.of(policy, organization.name()))
                        .toList(),
                page,
                policies.count(organization.id(), search),
                uri);
    }

    /** All are of one kind: whoever asks for others finds none. */
    static boolean ofKind(UriInfo uri) {
        String kind = uri.getQueryParameters().getFirst("filter[kind]");
        return kind == null || kind.isBlank() || kind.equals("opa");
    }

    @POST
    @Path("organizations/{organization}/policies")
    @Needs(Permission.MANAGE_POLICIES)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        RequestDocument request = RequestDocument.read(body);
        requireOpa(request);
        Policy policy = policies.create(organization.id(), settings(request));
        return Documents.created(PolicyView.of(policy, organization.name()));
    }

    @GET
    @Path("policies/{id}")
    @Needs(Permission.READ)
    public Response show(@PathParam("id") String id) {
        return Documents.ok(view(permitted(id, Permission.READ)));
    }

    @PATCH
    @Path("policies/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response change(@PathParam("id") String id, InputStream body) {
        permitted(id, Permission.MANAGE_POLICIES);
        return Documents.ok(view(policies.change(id, settings(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("policies/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response delete(@PathParam("id") String id) {
        permitted(id, Permission.MANAGE_POLICIES);
        policies.delete(id);
        return Response.noContent().build();
    }

    @PUT
    @Path("policies/{id}/upload")
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.MANAGE_POLICIES)
    public Response upload(@PathParam("id") String id, InputStream body) throws IOException {
        permitted(id, Permission.MANAGE_POLICIES);
        return Documents.ok(view(policies.upload(id, body.readNBytes(PolicyBounds.MOST_TEXT_BYTES + 1))));
    }

    @GET
    @Path("policies/{id}/download")
    @Needs(Permission.READ)
    public Response download(@PathParam("id") String id) {
        permitted(id, Permission.READ);
        return Response.ok(policies.rego(id).orElseThrow(Problem::notFound), "text/plain; charset=utf-8")
                .build();
    }

    private Policy permitted(String id, Permission permission) {
        Policy policy = policies.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), policy.organizationId(), permission);
        return policy;
    }

    private Resource view(Policy policy) {
        return PolicyView.of(
                policy,
                organizations
                        .find(policy.organizationId())
                        .map(Organization::name)
                        .orElseThrow(Problem::notFound));
    }

    static void requireOpa(RequestDocument request) {
        request.text("kind").filter(kind -> !kind.equals("opa")).ifPresent(kind -> {
            throw Problem.invalid("kind", "Kind must be \"opa\": policies are written in Rego here");
        });
    }

    private static PolicySettings settings(RequestDocument request) {
        return new PolicySettings(
                request.text("name"), request.text("description"), request.text("query"), enforcement(request));
    }

    /** {@code enforcement-level}, or the older {@code enforce: [{path, mode}]}. */
    private static Optional<Enforcement> enforcement(RequestDocument request) {
        JsonNode older = request.raw("enforce").path(0).path("mode");
        return request.text("enforcement-level")
                .or(() -> older.isTextual() ? Optional.of(older.textValue()) : Optional.empty())
                .map(word -> {
                    try {
                        return Enforcement.of(word);
                    } catch (IllegalArgumentException e) {
                        throw Problem.invalid(
                                "enforcement-level",
                                "Enforcement level must be \"advisory\", \"mandatory\" or \"hard-mandatory\"");
                    }
                });
    }
}
