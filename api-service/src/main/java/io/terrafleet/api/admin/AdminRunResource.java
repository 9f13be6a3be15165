package io.terrafleet.api.admin;

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
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.GET;
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

/** Runs of whatever organization, for site administrators. */
@Path("/api/v2/admin/runs")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminRunResource {
    private final Runs runs;
    private final AdminListings listings;
    private final Grants grants;
    private final Caller caller;

    AdminRunResource(Runs runs, AdminListings listings, Grants grants, Caller caller) {
        this.runs = runs;
        this.listings = listings;
        this.grants = grants;
        this.caller = caller;
    }

    /** Newest first; {@code q} searches in ids and names, {@code filter[status]} takes several by comma. */
    @GET
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Page page = Page.of(uri);
        String search =
                Optional.ofNullable(uri.getQueryParameters().getFirst("q")).orElse("");
        List<String> statuses = Optional.ofNullable(uri.getQueryParameters().getFirst("filter[status]")).stream()
                .flatMap(text -> Arrays.stream(text.split(",", 51)))
                .filter(status -> !status.isBlank())
                .toList();
        AdminListings.Listing<Run> listing = listings.runs(search, statuses, page);
        return Documents.page(
                listing.items().stream().map(AdminRunResource::view).toList(), page, listing.total(), uri);
    }

    private static Resource view(Run run) {
        return Resource.of("runs", run.id().value())
                .with("status", run.status())
                .with("status-timestamps", run.timestamps())
                .with(
                        "has-changes",
                        RunView.plan(run.state()).map(PlanOutcome::hasChanges).orElse(false))
                .with("created-at", run.createdAt())
                .toOne("workspace", "workspaces", run.workspace().value())
                .link("self", "/api/v2/runs/" + run.id());
    }

    /** Answers 409 where the run cannot be cancelled by force yet. */
    @POST
    @Path("{run}/actions/force-cancel")
    public Response forceCancel(@PathParam("run") String id, InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        if (!Ids.isOne("run", id)) {
            throw Problem.notFound();
        }
        Run run = runs.find(new RunId(id)).orElseThrow(Problem::notFound);
        RunInput.Wish wish = new RunInput.ForceCancel(caller.principal().name());
        runs.wish(run.id(), wish, "force_canceled", RequestDocument.read(body).comment());
        return Response.accepted().build();
    }
}
