package io.terrafleet.api.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Flag;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OAuth clients and tokens. */
@Path("/api/v2")
@RunOnVirtualThread
public class OauthResource {
    private static final String AFFECTED = "show_affected_workspaces";

    private final OauthClients clients;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final Event<FollowingWorkspaces> following;

    OauthResource(
            OauthClients clients,
            Organizations organizations,
            Grants grants,
            Caller caller,
            Event<FollowingWorkspaces> following) {
        this.clients = clients;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
        this.following = following;
    }

    @GET
    @Needs(Permission.READ)
    @Path("organizations/{organization}/oauth-clients")
    @Transactional
    public Response list(
            @PathParam("organization") String name,
            @QueryParam(AFFECTED) @Nullable String affected,
            @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        boolean asked = Flag.of(AFFECTED, affected).orElse(false);
        return page(
                clients.list(organization.id()).stream()
                        .map(client -> asked ? affected(client) : view(client))
                        .toList(),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("organizations/{organization}/oauth-clients")
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_VCS_SETTINGS);
        RequestDocument request = RequestDocument.read(body);
        OauthClient client =
                clients.create(organization.id(), OauthSettings.read(request), ids(request.relatedList("projects")));
        return Documents.created(view(client));
    }

    @GET
    @Needs(Permission.READ)
    @Path("oauth-clients/{id}")
    @Transactional
    public Response show(
            @PathParam("id") String id,
            @QueryParam("include") @Nullable String include,
            @QueryParam(AFFECTED) @Nullable String affected) {
        OauthClient client = client(id, Permission.READ);
        boolean tokens = include != null && List.of(include.split(",", -1)).contains("oauth_tokens");
        return Documents.ok(
                Flag.of(AFFECTED, affected).orElse(false) ? affected(client) : view(client),
                tokens ? client.tokens().stream().map(OauthResource::view).toList() : List.of());
    }

    @PATCH
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{id}")
    public Response change(@PathParam("id") String id, InputStream body) {
        client(id, Permission.MANAGE_VCS_SETTINGS);
        return Documents.ok(view(clients.change(id, OauthSettings.read(RequestDocument.read(body)))));
    }

    @DELETE
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{id}")
    public Response delete(@PathParam("id") String id) {
        client(id, Permission.MANAGE_VCS_SETTINGS);
        clients.delete(id);
        return Response.noContent().build();
    }

    @POST
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{id}/relationships/projects")
    public Response addProjects(@PathParam("id") String id, InputStream body) {
        client(id, Permission.MANAGE_VCS_SETTINGS);
        clients.addProjects(id, ids(RequestDocument.read(body).list()));
        return Response.noContent().build();
    }

    @DELETE
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{id}/relationships/projects")
    public Response removeProjects(@PathParam("id") String id, InputStream body) {
        client(id, Permission.MANAGE_VCS_SETTINGS);
        clients.removeProjects(id, ids(RequestDocument.read(body).list()));
        return Response.noContent().build();
    }

    @GET
    @Needs(Permission.READ)
    @Path("organizations/{organization}/oauth-tokens")
    public Response tokens(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        return page(
                clients.list(organization.id()).stream()
                        .flatMap(client -> client.tokens().stream())
                        .map(OauthResource::view)
                        .toList(),
                uri);
    }

    @GET
    @Needs(Permission.READ)
    @Path("oauth-clients/{id}/oauth-tokens")
    public Response tokensOf(@PathParam("id") String id, @Context UriInfo uri) {
        return page(
                client(id, Permission.READ).tokens().stream()
                        .map(OauthResource::view)
                        .toList(),
                uri);
    }

    @GET
    @Needs(Permission.READ)
    @Path("oauth-tokens/{id}")
    public Response token(@PathParam("id") String id) {
        return Documents.ok(view(token(id, Permission.READ)));
    }

    @PATCH
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-tokens/{id}")
    public Response changeToken(@PathParam("id") String id, InputStream body) {
        token(id, Permission.MANAGE_VCS_SETTINGS);
        return Documents.ok(
                view(clients.changeToken(id, RequestDocument.read(body).text("ssh-key", 65_536))));
    }

    @DELETE
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-tokens/{id}")
    public Response deleteToken(@PathParam("id") String id) {
        token(id, Permission.MANAGE_VCS_SETTINGS);
        clients.deleteToken(id);
        return Response.noContent().build();
    }

    private OauthClient client(String id, Permission permission) {
        OauthClient client = clients.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), client.organizationId(), permission);
        return client;
    }

    private OauthClient.Token token(String id, Permission permission) {
        OauthClient.Token token = clients.token(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), token.organizationId(), permission);
        return token;
    }

    private static Response page(List<Resource> all, UriInfo uri) {
        Page page = Page.of(uri);
        return Documents.page(
                all.stream().skip(page.offset()).limit(page.size()).toList(), page, all.size(), uri);
    }

    private static List<String> ids(List<JsonNode> linkage) {
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : linkage) {
            if (!entry.path("id").isTextual()) {
                throw Problem.invalidRelationship("projects", "Every entry of the relationship needs an \"id\"");
            }
            ids.add(entry.path("id").textValue().replace("\0", "?"));
        }
        return ids;
    }

    private Resource view(OauthClient client) {
        String organization = organizations
                .find(client.organizationId())
                .map(Organization::name)
                .orElseThrow(Problem::notFound);
        return Resource.of("oauth-clients", client.id())
                .with("name", client.name())
                .with("created-at", client.createdAt())
                .with("updated-at", client.updatedAt())
                .with("callback-url", null)
                .with("connect-path", null)
                .with("service-provider", client.provider().word())
                .with("service-provider-display-name", client.provider().display())
                .with("http-url", client.httpUrl())
                .with("api-url", client.apiUrl())
                .with("key", client.key())
                .with("secret", null)
                .with("rsa-public-key", client.rsaPublicKey())
                .with("organization-scoped", client.organizationScoped())
                .toOne("organization", "organizations", organization)
                .toMany("projects", "projects", client.projectIds())
                .toMany(
                        "oauth-tokens",
                        "oauth-tokens",
                        client.tokens().stream().map(OauthClient.Token::id).toList())
                .toOne("agent-pool", "agent-pools", null)
                .link("self", "/api/v2/oauth-clients/" + client.id());
    }

    /** With the workspaces that would feel it if the connection went away, as far as the caller sees them. */
    private Resource affected(OauthClient client) {
        FollowingWorkspaces question =
                new FollowingWorkspaces(client.organizationId(), client.id(), caller.principal());
        following.fire(question);
        return view(client)
                .with("affected-workspaces", question.names())
                .with("affected-workspaces-count", question.count().get());
    }

    private static Resource view(OauthClient.Token token) {
        return Resource.of("oauth-tokens", token.id())
                .with("created-at", token.createdAt())
                .with("service-provider-user", token.serviceProviderUser())
                .with("has-ssh-key", token.hasSshKey())
                .toOne("oauth-client", "oauth-clients", token.clientId())
                .link("self", "/api/v2/oauth-tokens/" + token.id());
    }
}
