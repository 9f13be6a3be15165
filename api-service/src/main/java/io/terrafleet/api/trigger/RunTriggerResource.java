package io.terrafleet.api.trigger;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceView;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Run triggers over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class RunTriggerResource {
    private static final Set<String> INCLUDES = Set.of("workspace", "sourceable");

    private final RunTriggers triggers;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    RunTriggerResource(RunTriggers triggers, Workspaces workspaces, Grants grants, Caller caller) {
        this.triggers = triggers;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    /** {@code filter[run-trigger][type]} is {@code inbound} (runs start here) or {@code outbound} (this one sets off others). */
    @GET
    @Path("workspaces/{workspace}/run-triggers")
    @Needs(Permission.READ_RUNS)
    public Response list(
            @PathParam("workspace") String id,
            @QueryParam("filter[run-trigger][type]") @Nullable String type,
            @QueryParam("include") @Nullable String include,
            @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ_RUNS);
        List<RunTrigger> all =
                switch (type == null ? "" : type) {
                    case "inbound" -> triggers.inbound(workspace.id());
                    case "outbound" -> triggers.outbound(workspace.id());
                    default ->
                        throw Problem.malformed(
                                "filter[run-trigger][type] is required and must be \"inbound\" or \"outbound\"");
                };
        List<RunTrigger> seen = all.stream().filter(this::isSeen).toList();
        Page page = Page.of(uri);
        List<RunTrigger> shown =
                seen.stream().skip(page.offset()).limit(page.size()).toList();
        return Documents.page(
                shown.stream().map(this::view).toList(), included(shown, include), page, seen.size(), uri);
    }

    @POST
    @Path("workspaces/{workspace}/run-triggers")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response create(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE);
        String sourceable = RequestDocument.read(body)
                .related("sourceable")
                .orElseThrow(() -> Problem.invalidRelationship("sourceable", "Sourceable can't be blank"));
        Workspace source = workspaces.permitted(caller.principal(), sourceable, Permission.READ_RUNS);
        return Documents.created(view(triggers.create(workspace, source)));
    }

    @GET
    @Path("run-triggers/{trigger}")
    @Needs(Permission.READ_RUNS)
    public Response show(@PathParam("trigger") String id, @QueryParam("include") @Nullable String include) {
        RunTrigger trigger = permitted(id, Permission.READ_RUNS);
        if (!isSeen(trigger)) {
            throw Problem.notFound();
        }
        return Documents.ok(view(trigger), included(List.of(trigger), include));
    }

    @DELETE
    @Path("run-triggers/{trigger}")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response delete(@PathParam("trigger") String id) {
        triggers.delete(permitted(id, Permission.UPDATE_WORKSPACE).id());
        return Response.noContent().build();
    }

    private RunTrigger permitted(String id, Permission permission) {
        RunTrigger trigger = triggers.find(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), trigger.workspace().value(), permission);
        return trigger;
    }

    /** It names two workspaces: only who may see both gets to see it. */
    private boolean isSeen(RunTrigger trigger) {
        return Stream.of(trigger.workspace(), trigger.source())
                .map(this::workspace)
                .allMatch(end -> grants.allows(caller.principal(), end.place(), Permission.READ));
    }

    private Resource view(RunTrigger trigger) {
        String self = "/api/v2/run-triggers/" + trigger.id();
        return Resource.of("run-triggers", trigger.id())
                .with("workspace-name", workspace(trigger.workspace()).name())
                .with("sourceable-name", workspace(trigger.source()).name())
                .with("created-at", trigger.createdAt())
                .toOne("workspace", "workspaces", trigger.workspace().value())
                .related("workspace", "/api/v2/workspaces/" + trigger.workspace())
                .toOne("sourceable", "workspaces", trigger.source().value())
                .related("sourceable", "/api/v2/workspaces/" + trigger.source())
                .link("self", self);
    }

    private List<Resource> included(List<RunTrigger> shown, @Nullable String include) {
        if (include == null || include.isEmpty()) {
            return List.of();
        }
        List<String> names = Arrays.asList(include.split(",", -1));
        if (!INCLUDES.containsAll(names)) {
            throw Problem.malformed("Invalid include parameter");
        }
        return shown.stream()
                .flatMap(trigger -> Stream.of(
                                names.contains("workspace") ? Stream.of(trigger.workspace()) : Stream.<WorkspaceId>of(),
                                names.contains("sourceable") ? Stream.of(trigger.source()) : Stream.<WorkspaceId>of())
                        .flatMap(ids -> ids))
                .distinct()
                .map(this::workspace)
                .map(this::view)
                .toList();
    }

    private Resource view(Workspace workspace) {
        Rights rights = grants.rights(caller.principal(), workspace.place());
        return WorkspaceView.of(workspace, rights, rights.may(Permission.OWN));
    }

    private Workspace workspace(WorkspaceId id) {
        return workspaces.find(id).orElseThrow(Problem::notFound);
    }
}
