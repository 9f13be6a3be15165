package io.terrafleet.api.planexport;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Exports of plans over HTTP, for those who may see what policies are tested with. */
@Path("/api/v2/plan-exports")
@RunOnVirtualThread
public class PlanExportResource {
    private final PlanExports exports;
    private final Runs runs;
    private final Workspaces workspaces;
    private final Caller caller;

    PlanExportResource(PlanExports exports, Runs runs, Workspaces workspaces, Caller caller) {
        this.exports = exports;
        this.runs = runs;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @POST
    @Needs(Permission.READ_SENTINEL_MOCKS)
    public Response create(InputStream body) {
        RequestDocument request = RequestDocument.read(body);
        String plan =
                request.related("plan").orElseThrow(() -> Problem.invalidRelationship("plan", "Plan can't be blank"));
        Run run = Run.ofSibling("plan", plan).flatMap(runs::find).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), Permission.READ_SENTINEL_MOCKS);
        return Documents.created(view(exports.create(run, request.required("data-type"))));
    }

    @GET
    @Path("{export}")
    @Needs(Permission.READ_SENTINEL_MOCKS)
    public Response show(@PathParam("export") String id) {
        return Documents.ok(view(permitted(id)));
    }

    @DELETE
    @Path("{export}")
    @Needs(Permission.READ_SENTINEL_MOCKS)
    public Response delete(@PathParam("export") String id) {
        exports.delete(permitted(id).id());
        return Response.noContent().build();
    }

    @GET
    @Path("{export}/download")
    @Needs(Permission.READ_SENTINEL_MOCKS)
    public Response download(@PathParam("export") String id) {
        return Response.ok(exports.open(permitted(id).id()), "application/gzip")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".tar.gz\"")
                .build();
    }

    private PlanExport permitted(String id) {
        PlanExport export = exports.find(id).orElseThrow(Problem::notFound);
        Run run = runs.find(export.run()).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), Permission.READ_SENTINEL_MOCKS);
        return export;
    }

    private static Resource view(PlanExport export) {
        Map<String, Instant> times = new LinkedHashMap<>();
        times.put("pending-at", export.createdAt());
        times.put("queued-at", export.createdAt());
        export.finishedAt().ifPresent(at -> times.put("finished-at", at));
        export.expiredAt().ifPresent(at -> times.put("expired-at", at));
        Resource resource = Resource.of("plan-exports", export.id())
                .with("data-type", export.dataType())
                .with("status", export.status())
                .with("status-timestamps", times)
                .with("error-message", export.error())
                .toOne("plan", "plans", "plan" + export.run().value().substring("run".length()))
                .link("self", "/api/v2/plan-exports/" + export.id());
        if (export.status().equals("finished")) {
            resource.link("download", "/api/v2/plan-exports/" + export.id() + "/download");
        }
        return resource;
    }
}
