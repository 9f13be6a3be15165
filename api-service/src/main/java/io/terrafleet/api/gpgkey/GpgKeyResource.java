package io.terrafleet.api.gpgkey;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** GPG keys of the private registry; a namespace is an organization's name. */
@Path("/api/registry/{registry}/v2/gpg-keys")
@RunOnVirtualThread
public class GpgKeyResource {
    private static final int MOST_ARMOR = 64 * 1024;

    private final GpgKeys keys;
    private final Organizations organizations;
    private final Caller caller;

    GpgKeyResource(GpgKeys keys, Organizations organizations, Caller caller) {
        this.keys = keys;
        this.organizations = organizations;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    public Response list(@PathParam("registry") String registry, @Context UriInfo uri) {
        requirePrivate(registry);
        String namespaces = Optional.ofNullable(uri.getQueryParameters().getFirst("filter[namespace]"))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.malformed("filter[namespace] must name at least one organization"));
        List<String> names = Arrays.stream(namespaces.split(",")).limit(20).toList();
        List<String> ids = names.stream()
                .map(name -> organizations
                        .permitted(caller.principal(), name, Permission.READ)
                        .id())
                .toList();
        Page page = Page.of(uri);
        return Documents.page(
                keys.list(ids, page.offset(), page.size()).stream()
                        .map(this::view)
                        .toList(),
                page,
                keys.count(ids),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_PROVIDERS)
    public Response create(@PathParam("registry") String registry, InputStream body) {
        requirePrivate(registry);
        RequestDocument request = RequestDocument.read(body);
        Organization organization =
                organizations.permitted(caller.principal(), request.required("namespace"), Permission.MANAGE_PROVIDERS);
        String armor = request.text("ascii-armor", MOST_ARMOR)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.invalid("ascii-armor", "Ascii armor can't be blank"));
        return Documents.created(view(keys.create(organization.id(), armor)));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{namespace}/{key}")
    public Response show(
            @PathParam("registry") String registry,
            @PathParam("namespace") String namespace,
            @PathParam("key") String keyId) {
        requirePrivate(registry);
        Organization organization = organizations.permitted(caller.principal(), namespace, Permission.READ);
        return Documents.ok(view(keys.find(organization.id(), keyId).orElseThrow(Problem::notFound)));
    }

    @PATCH
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path("{namespace}/{key}")
    public Response change(
            @PathParam("registry") String registry,
            @PathParam("namespace") String namespace,
            @PathParam("key") String keyId,
            InputStream body) {
        requirePrivate(registry);
        Organization from = organizations.permitted(caller.principal(), namespace, Permission.MANAGE_PROVIDERS);
        RequestDocument request = RequestDocument.read(body);
        Organization to =
                organizations.permitted(caller.principal(), request.required("namespace"), Permission.MANAGE_PROVIDERS);
        return Documents.ok(view(keys.move(from.id(), keyId, to.id())));
    }

    @DELETE
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path("{namespace}/{key}")
    public Response delete(
            @PathParam("registry") String registry,
            @PathParam("namespace") String namespace,
            @PathParam("key") String keyId) {
        requirePrivate(registry);
        keys.delete(
                organizations
                        .permitted(caller.principal(), namespace, Permission.MANAGE_PROVIDERS)
                        .id(),
                keyId);
        return Response.noContent().build();
    }

    private static void requirePrivate(String registry) {
        if (!registry.equals("private")) {
            throw Problem.notFound();
        }
    }

    private Resource view(GpgKey key) {
        String namespace =
                organizations.find(key.organizationId()).map(Organization::name).orElseThrow(Problem::notFound);
        return Resource.of("gpg-keys", key.id())
                .with("ascii-armor", key.asciiArmor())
                .with("key-id", key.keyId())
                .with("namespace", namespace)
                .with("source", "")
                .with("source-url", null)
                .with("trust-signature", "")
                .with("created-at", key.createdAt())
                .with("updated-at", key.updatedAt())
                .link("self", "/api/registry/private/v2/gpg-keys/" + namespace + "/" + key.keyId());
    }
}
