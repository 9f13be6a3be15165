package io.terrafleet.api.policy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** By which tags a policy set finds its workspaces. */
@Path("/api/v2/policy-sets/{id}/tag-selectors")
@RunOnVirtualThread
public class PolicySetSelectorResource {
    private final PolicySetSelectors selectors;
    private final PolicySets sets;
    private final Grants grants;
    private final Caller caller;

    PolicySetSelectorResource(PolicySetSelectors selectors, PolicySets sets, Grants grants, Caller caller) {
        this.selectors = selectors;
        this.sets = sets;
        this.grants = grants;
        this.caller = caller;
    }

    @POST
    @Needs(Permission.MANAGE_POLICIES)
    public Response add(@PathParam("id") String id, InputStream body) {
        require(id);
        selectors.add(id, PolicySetSelectors.read(RequestDocument.read(body).list()));
        return Response.noContent().build();
    }

    @DELETE
    @Needs(Permission.MANAGE_POLICIES)
    public Response remove(@PathParam("id") String id, InputStream body) {
        require(id);
        selectors.remove(id, PolicySetSelectors.read(RequestDocument.read(body).list()));
        return Response.noContent().build();
    }

    private void require(String id) {
        PolicySet set = sets.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.organizationId(), Permission.MANAGE_POLICIES);
    }
}
