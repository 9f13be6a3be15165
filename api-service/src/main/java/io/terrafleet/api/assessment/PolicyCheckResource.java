package io.terrafleet.api.assessment;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/** Policy checks: what a run's legacy policy sets say of its plan. A run without such sets has none. */
@Path("/api/v2")
@RunOnVirtualThread
public class PolicyCheckResource {
    private final Runs runs;
    private final PolicyCheckView checks;
    private final Overrides overrides;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    PolicyCheckResource(
            Runs runs,
            PolicyCheckView checks,
            Overrides overrides,
            Workspaces workspaces,
            Grants grants,
            Caller caller) {
        this.runs = runs;
        this.checks = checks;
        this.overrides = overrides;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("runs/{run}/policy-checks")
    @Needs(Permission.READ_RUNS)
    public Response ofRun(@PathParam("run") String id, @Context UriInfo uri) {
        Run run = run("run", id, Permission.READ_RUNS);
        List<Resource> all = run.policyCheck() ? List.of(view(run)) : List.of();
        return Documents.page(all, new Page(1, 20), all.size(), uri);
    }

    @GET
    @Path("policy-checks/{id}")
    @Needs(Permission.READ_RUNS)
    public Response show(@PathParam("id") String id) {
        return Documents.ok(view(checked(id, Permission.READ_RUNS)));
    }

    @GET
    @Path("policy-checks/{id}/output")
    @Needs(Permission.READ_RUNS)
    public Response output(@PathParam("id") String id) {
        return Response.ok(
                        checks.text(checked(id, Permission.READ_RUNS)), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .build();
    }

    @POST
    @Path("policy-checks/{id}/actions/override")
    @Needs(Permission.OVERRIDE_RUN_POLICIES)
    public Response override(@PathParam("id") String id, InputStream body) {
        Run run = checked(id, Permission.OVERRIDE_RUN_POLICIES);
        String comment = RequestDocument.read(body).comment();
        return Documents.ok(view(overrides.override(run.id(), Part.POLICY_CHECK, caller.principal(), comment)));
    }

    private Resource view(Run run) {
        boolean may = workspaces
                .find(run.workspace())
                .map(workspace ->
                        grants.rights(caller.principal(), workspace.place()).may(Permission.OVERRIDE_RUN_POLICIES))
                .orElse(false);
        return checks.resource(run, may);
    }

    private Run checked(String id, Permission permission) {
        Run run = run("polchk", id, permission);
        if (!run.policyCheck()) {
            throw Problem.notFound();
        }
        return run;
    }

    private Run run(String prefix, String id, Permission permission) {
        Run run = Run.ofSibling(prefix, id).flatMap(runs::find).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), permission);
        return run;
    }
}
