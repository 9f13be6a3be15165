package io.terrafleet.api.agentpool;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The agents of a pool, for people. What agents themselves say goes elsewhere. */
@Path("/api/v2")
@RunOnVirtualThread
public class AgentResource {
    private final Agents agents;
    private final AgentPools pools;
    private final Grants grants;
    private final Caller caller;

    AgentResource(Agents agents, AgentPools pools, Grants grants, Caller caller) {
        this.agents = agents;
        this.pools = pools;
        this.grants = grants;
        this.caller = caller;
    }

    /** The last heard of first; {@code filter[last-ping-since]} is a time. */
    @GET
    @Path("agent-pools/{pool}/agents")
    @Needs(Permission.READ)
    public Response list(@PathParam("pool") String id, @Context UriInfo uri) {
        AgentPool pool = pools.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), pool.organizationId(), Permission.READ);
        Page page = Page.of(uri);
        Instant since = since(uri);
        return Documents.page(
                agents.of(pool.id(), since, page.offset(), page.size()).stream()
                        .map(AgentPoolView::of)
                        .toList(),
                page,
                agents.count(pool.id(), since),
                uri);
    }

    @GET
    @Path("agents/{agent}")
    @Needs(Permission.READ)
    public Response show(@PathParam("agent") String id) {
        return Documents.ok(AgentPoolView.of(permitted(id, Permission.READ)));
    }

    /** For one that will not come back; one that still calls registers anew. */
    @DELETE
    @Path("agents/{agent}")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response delete(@PathParam("agent") String id) {
        Agent agent = permitted(id, Permission.MANAGE_AGENT_POOLS);
        if (agent.connected()) {
            throw Problem.conflict("The agent is " + agent.status() + ": stop it before it is deleted.");
        }
        agents.exit(agent.id());
        return Response.noContent().build();
    }

    private Agent permitted(String id, Permission permission) {
        Agent agent = agents.find(id).orElseThrow(Problem::notFound);
        AgentPool pool = pools.find(agent.poolId()).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), pool.organizationId(), permission);
        return agent;
    }

    private static Instant since(UriInfo uri) {
        String text = uri.getQueryParameters().getFirst("filter[last-ping-since]");
        if (text == null || text.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.malformed("filter[last-ping-since] must be a time of the form 2027-01-31T18:00:00Z");
        }
    }
}
