package io.terrafleet.api.policy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
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
import java.util.List;

/** The parameters of a policy set. */
@Path("/api/v2")
@RunOnVirtualThread
public class PolicyParameterResource {
    private final PolicyParameters parameters;
    private final PolicySets sets;
    private final Grants grants;
    private final Caller caller;

    PolicyParameterResource(PolicyParameters parameters, PolicySets sets, Grants grants, Caller caller) {
        this.parameters = parameters;
        this.sets = sets;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("policy-sets/{set}/parameters")
    @Needs(Permission.READ)
    public Response list(@PathParam("set") String set, @Context UriInfo uri) {
        require(set, Permission.READ);
        Page page = Page.of(uri);
        List<PolicyParameter> all = parameters.list(set);
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(PolicyView::of)
                        .toList(),
                page,
                all.size(),
                uri);
    }

    @POST
    @Path("policy-sets/{set}/parameters")
    @Needs(Permission.MANAGE_POLICIES)
    public Response create(@PathParam("set") String set, InputStream body) {
        require(set, Permission.MANAGE_POLICIES);
        RequestDocument request = RequestDocument.read(body);
        return Documents.created(PolicyView.of(parameters.create(
                set,
                request.required("key"),
                request.text("value").orElse(""),
                request.flag("sensitive").orElse(false))));
    }

    @GET
    @Path("policy-sets/{set}/parameters/{id}")
    @Needs(Permission.READ)
    public Response show(@PathParam("set") String set, @PathParam("id") String id) {
        require(set, Permission.READ);
        return Documents.ok(PolicyView.of(parameters.find(set, id).orElseThrow(Problem::notFound)));
    }

    @PATCH
    @Path("policy-sets/{set}/parameters/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response change(@PathParam("set") String set, @PathParam("id") String id, InputStream body) {
        require(set, Permission.MANAGE_POLICIES);
        RequestDocument request = RequestDocument.read(body);
        return Documents.ok(PolicyView.of(
                parameters.change(set, id, request.text("key"), request.text("value"), request.flag("sensitive"))));
    }

    @DELETE
    @Path("policy-sets/{set}/parameters/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response delete(@PathParam("set") String set, @PathParam("id") String id) {
        require(set, Permission.MANAGE_POLICIES);
        parameters.delete(set, id);
        return Response.noContent().build();
    }

    private void require(String setId, Permission permission) {
        PolicySet set = sets.find(setId).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.organizationId(), permission);
    }
}
