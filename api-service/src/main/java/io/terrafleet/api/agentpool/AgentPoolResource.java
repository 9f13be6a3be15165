package io.terrafleet.api.agentpool;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.TokenRequest;
import io.terrafleet.api.access.TokenView;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.agentpool.AgentPoolStore.Wanted;
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
import java.time.InstantSource;
import java.util.Optional;

/** Agent pools over HTTP, and the tokens with which their agents call. */
@Path("/api/v2")
@RunOnVirtualThread
public class AgentPoolResource {
    private final AgentPools pools;
    private final AgentPoolView view;
    private final Tokens tokens;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final InstantSource clock;

    AgentPoolResource(
            AgentPools pools,
            AgentPoolView view,
            Tokens tokens,
            Organizations organizations,
            Grants grants,
            Caller caller,
            @Identifier("api") InstantSource clock) {
        this.pools = pools;
        this.view = view;
        this.tokens = tokens;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
        this.clock = clock;
    }

    /** {@code q} searches in the name; {@code filter[allowed_workspaces][name]} finds those that a workspace may use. */
    @GET
    @Path("organizations/{organization}/agent-pools")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        Wanted wanted = new Wanted(
                organization.id(),
                parameter(uri, "q").or(() -> parameter(uri, "search[name]")).orElse(""),
                parameter(uri, "filter[allowed_workspaces][name]")
                        .or(() -> parameter(uri, "filter[allowed-workspaces][name]"))
                        .orElse(""),
                parameter(uri, "filter[allowed_projects][name]")
                        .or(() -> parameter(uri, "filter[allowed-projects][name]"))
                        .orElse(""),
                newestFirst(parameter(uri, "sort").orElse("")));
        return Documents.page(
                pools.list(wanted, page.offset(), page.size()).stream()
                        .map(pool -> view.of(pool, organization.name()))
                        .toList(),
                page,
                pools.count(wanted),
                uri);
    }

    private static boolean newestFirst(String sort) {
        return switch (sort) {
            case "", "name" -> false;
            case "-created-at" -> true;
            default -> throw Problem.malformed("sort must be name, or -created-at for the newest first");
        };
    }

    @POST
    @Path("organizations/{organization}/agent-pools")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_AGENT_POOLS);
        AgentPoolSettings settings = AgentPoolSettings.read(RequestDocument.read(body));
        return Documents.created(view.of(pools.create(organization.id(), settings), organization.name()));
    }

    @GET
    @Path("agent-pools/{pool}")
    @Needs(Permission.READ)
    public Response show(@PathParam("pool") String id) {
        return Documents.ok(view(permitted(id, Permission.READ)));
    }

    @PATCH
    @Path("agent-pools/{pool}")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response change(@PathParam("pool") String id, InputStream body) {
        AgentPool pool = permitted(id, Permission.MANAGE_AGENT_POOLS);
        return Documents.ok(view(pools.change(pool.id(), AgentPoolSettings.read(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("agent-pools/{pool}")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response delete(@PathParam("pool") String id) {
        pools.delete(permitted(id, Permission.MANAGE_AGENT_POOLS).id());
        return Response.noContent().build();
    }

    @GET
    @Path("agent-pools/{pool}/authentication-tokens")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response tokens(@PathParam("pool") String id, @Context UriInfo uri) {
        AgentPool pool = permitted(id, Permission.MANAGE_AGENT_POOLS);
        return Documents.slice(
                tokens.ofAgents(pool.id()).stream().map(TokenView::of).toList(), uri);
    }

    @POST
    @Path("agent-pools/{pool}/authentication-tokens")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response issue(@PathParam("pool") String id, InputStream body) {
        AgentPool pool = permitted(id, Permission.MANAGE_AGENT_POOLS);
        Principal who = caller.principal();
        TokenRequest wish = TokenRequest.read(body, clock.instant());
        if (wish.description().isBlank()) {
            throw Problem.invalid("description", "Description can't be blank");
        }
        return Documents.created(TokenView.of(tokens.issueForAgents(
                pool.organizationId(),
                pool.id(),
                wish.description(),
                wish.expiresAt(),
                who.isUser() ? Optional.of(who.id()) : Optional.empty())));
    }

    private Resource view(AgentPool pool) {
        return view.of(
                pool,
                organizations
                        .find(pool.organizationId())
                        .map(Organization::name)
                        .orElseThrow(Problem::notFound));
    }

    private AgentPool permitted(String id, Permission permission) {
        AgentPool pool = pools.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), pool.organizationId(), permission);
        return pool;
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).filter(text -> text.length() <= 250);
    }
}
