package io.terrafleet.api.size;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.agentpool.AgentPool;
import io.terrafleet.api.agentpool.AgentPools;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.event.RunSize;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs ask of the machine that they run on and may use of it, in Kubernetes quantities: our own addition to the TFE API. It reaches
 * runs that are pods; null is what the worker decides.
 */
@Path("/api/v2")
@RunOnVirtualThread
public class SizeResource {
    private final Sizes sizes;
    private final Workspaces workspaces;
    private final AgentPools pools;
    private final Grants grants;
    private final Caller caller;

    SizeResource(Sizes sizes, Workspaces workspaces, AgentPools pools, Grants grants, Caller caller) {
        this.sizes = sizes;
        this.workspaces = workspaces;
        this.pools = pools;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("workspaces/{workspace}/run-size")
    @Needs(Permission.READ)
    public Response ofWorkspace(@PathParam("workspace") String id) {
        return shown(workspace(id, Permission.READ));
    }

    /** What is absent stays, what is null is the worker's to decide again. */
    @PATCH
    @Path("workspaces/{workspace}/run-size")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response changeOfWorkspace(@PathParam("workspace") String id, InputStream body) {
        return changed(workspace(id, Permission.UPDATE_WORKSPACE), body);
    }

    @GET
    @Path("agent-pools/{pool}/run-size")
    @Needs(Permission.READ)
    public Response ofPool(@PathParam("pool") String id) {
        return shown(pool(id, Permission.READ));
    }

    /** For the workspaces that say nothing of their own. */
    @PATCH
    @Path("agent-pools/{pool}/run-size")
    @Needs(Permission.MANAGE_AGENT_POOLS)
    public Response changeOfPool(@PathParam("pool") String id, InputStream body) {
        return changed(pool(id, Permission.MANAGE_AGENT_POOLS), body);
    }

    private SizeOwner workspace(String id, Permission permission) {
        return new SizeOwner.OfWorkspace(
                workspaces.permitted(caller.principal(), id, permission).id().value());
    }

    private SizeOwner pool(String id, Permission permission) {
        AgentPool pool = pools.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), pool.organizationId(), permission);
        return new SizeOwner.OfPool(pool.id());
    }

    private Response shown(SizeOwner owner) {
        return Documents.ok(view(owner, sizes.of(owner)));
    }

    private Response changed(SizeOwner owner, InputStream body) {
        return Documents.ok(view(owner, sizes.change(owner, RequestDocument.read(body))));
    }

    private static Resource view(SizeOwner owner, RunSize size) {
        return Resource.of("run-sizes", owner.id())
                .with("cpu-request", written(Amount.CPU, size.cpuRequest()))
                .with("cpu-limit", written(Amount.CPU, size.cpuLimit()))
                .with("memory-request", written(Amount.MEMORY, size.memoryRequest()))
                .with("memory-limit", written(Amount.MEMORY, size.memoryLimit()))
                .with("disk", written(Amount.DISK, size.disk()));
    }

    private static @Nullable String written(Amount amount, Optional<Long> counted) {
        return counted.map(amount::write).orElse(null);
    }
}
