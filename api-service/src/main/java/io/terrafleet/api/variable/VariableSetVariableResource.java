package io.terrafleet.api.variable;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
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

/** The variables of a variable set over HTTP. */
@Path("/api/v2/varsets/{set}/relationships/vars")
@RunOnVirtualThread
public class VariableSetVariableResource {
    private final VariableSets sets;
    private final Variables variables;
    private final Grants grants;
    private final Caller caller;

    VariableSetVariableResource(VariableSets sets, Variables variables, Grants grants, Caller caller) {
        this.sets = sets;
        this.variables = variables;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ_VARIABLE_SETS)
    public Response list(@PathParam("set") String id, @Context UriInfo uri) {
        return VariableResource.paged(
                variables.of(permitted(id, Permission.READ_VARIABLE_SETS)).stream()
                        .map(VariableView::of)
                        .toList(),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response create(@PathParam("set") String id, InputStream body) {
        VariableOwner owner = permitted(id, Permission.MANAGE_VARIABLE_SETS);
        RequestDocument request = RequestDocument.read(body);
        request.required("key");
        return Documents.created(VariableView.of(variables.create(owner, VariableView.settings(request))));
    }

    @GET
    @Path("{variable}")
    @Needs(Permission.READ_VARIABLE_SETS)
    public Response show(@PathParam("set") String id, @PathParam("variable") String variable) {
        return Documents.ok(VariableView.of(of(permitted(id, Permission.READ_VARIABLE_SETS), variable)));
    }

    @PATCH
    @Path("{variable}")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response change(@PathParam("set") String id, @PathParam("variable") String variable, InputStream body) {
        Variable found = of(permitted(id, Permission.MANAGE_VARIABLE_SETS), variable);
        return Documents.ok(
                VariableView.of(variables.change(found.id(), VariableView.settings(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("{variable}")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response delete(@PathParam("set") String id, @PathParam("variable") String variable) {
        variables.delete(
                of(permitted(id, Permission.MANAGE_VARIABLE_SETS), variable).id());
        return Response.noContent().build();
    }

    private VariableOwner permitted(String id, Permission permission) {
        VariableSet set = sets.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.place(), permission);
        return new VariableOwner.OfSet(set.id());
    }

    private Variable of(VariableOwner owner, String id) {
        return variables
                .find(id)
                .filter(variable -> variable.owner().equals(owner))
                .orElseThrow(Problem::notFound);
    }
}
