package io.terrafleet.api.state;

import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.row.Reading;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** State versions and their outputs. Raw states are uploaded at {@link StateUploadResource}, or inside the document. */
@Path("/api/v2")
public class StateResource {
    private static final int MOST_INCLUDES = 20;
    private static final int MOST_INLINE_CHARACTERS = 20_000_000;
    private static final int MOST_DOCUMENT_BYTES = 3 * MOST_INLINE_CHARACTERS;

    private final States states;
    private final StateUploads uploads;
    private final StateView view;
    private final Workspaces workspaces;
    private final List<StateInclude> includes;
    private final Caller caller;

    StateResource(
            States states,
            StateUploads uploads,
            StateView view,
            Workspaces workspaces,
            @All List<StateInclude> includes,
            Caller caller) {
        this.states = states;
        this.uploads = uploads;
        this.view = view;
        this.workspaces = workspaces;
        this.includes = includes;
        this.caller = caller;
    }

    @RunOnVirtualThread
    @POST
    @Path("workspaces/{workspace}/state-versions")
    @Needs(Permission.WRITE_STATE)
    public Response create(@PathParam("workspace") String workspaceId, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), workspaceId, Permission.WRITE_STATE);
        RequestDocument request = RequestDocument.read(body, MOST_DOCUMENT_BYTES);
        NewState wanted = new NewState(
                request.integer("serial").orElseThrow(() -> Problem.invalid("serial", "Serial can't be blank")),
                request.required("md5"),
                request.text("lineage"),
                request.flag("force").orElse(false));
        Optional<byte[]> raw = decoded(request, "state");
        if (raw.isPresent()) {
            StateVersion state = states.create(
                    caller.principal(), workspace.id(), wanted, raw.get(), decoded(request, "json-state"));
            return Documents.created(resource(state));
        }
        StateUploads.Promised promised = uploads.promise(caller.principal(), workspace.id(), wanted);
        StateVersion state = promised.state();
        return Documents.created(view.of(state, surroundings(state), Optional.of(promised.key())));
    }

    @RunOnVirtualThread
    @PATCH
    @Path("workspaces/{workspace}/state-versions")
    @Needs(Permission.WRITE_STATE)
    public Response rollback(@PathParam("workspace") String workspaceId, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), workspaceId, Permission.WRITE_STATE);
        String older = RequestDocument.read(body)
                .related("rollback-state-version")
                .orElseThrow(() ->
                        Problem.invalidRelationship("rollback-state-version", "Rollback state version can't be blank"));
        return Documents.created(resource(states.rollback(caller.principal(), workspace.id(), older)));
    }

    @GET
    @Path("workspaces/{workspace}/current-state-version")
    @Needs(Permission.READ_STATE)
    @Transactional
    @Reading
    public Response current(
            @PathParam("workspace") String workspaceId, @QueryParam("include") @Nullable String include) {
        return answer(currentOf(workspaceId, Permission.READ_STATE), include);
    }

    @GET
    @Path("state-versions")
    @Needs(Permission.READ_STATE)
    @Transactional
    @Reading
    public Response list(@Context UriInfo uri) {
        String organization = filter(uri, "filter[organization][name]");
        String name = filter(uri, "filter[workspace][name]");
        Workspace workspace = workspaces.permitted(caller.principal(), organization, name, Permission.READ_STATE);
        Optional<String> status = Optional.ofNullable(uri.getQueryParameters().getFirst("filter[status]"));
        Page page = Page.of(uri);
        List<StateVersion> found = states.list(workspace.id(), status, page.offset(), page.size());
        List<String> ids = found.stream().map(StateVersion::id).toList();
        Map<String, Surroundings> surroundings = states.surroundings(ids);
        return Documents.page(
                found.stream()
                        .map(state -> view.of(
                                state, surroundings.getOrDefault(state.id(), Surroundings.NONE), Optional.empty()))
                        .toList(),
                page,
                page.total(found.size()).orElseGet(() -> states.count(workspace.id(), status)),
                uri);
    }

    @GET
    @Path("state-versions/{id}")
    @Needs(Permission.READ_STATE)
    public Response show(@PathParam("id") String id, @QueryParam("include") @Nullable String include) {
        return answer(permitted(id, Permission.READ_STATE), include);
    }

    @RunOnVirtualThread
    @GET
    @Path("state-versions/{id}/download")
    @Needs(Permission.READ_STATE)
    public Response download(@PathParam("id") String id) {
        permitted(id, Permission.READ_STATE);
        return Response.ok(states.open(id), MediaType.APPLICATION_JSON).build();
    }

    @RunOnVirtualThread
    @GET
    @Path("state-versions/{id}/json-download")
    @Needs(Permission.READ_STATE)
    public Response downloadJson(@PathParam("id") String id) {
        permitted(id, Permission.READ_STATE);
        return Response.ok(states.openJson(id), MediaType.APPLICATION_JSON).build();
    }

    @GET
    @Path("state-versions/{id}/outputs")
    @Needs(Permission.READ_STATE_OUTPUTS)
    public Response outputs(@PathParam("id") String id, @Context UriInfo uri) {
        return outputs(permitted(id, Permission.READ_STATE_OUTPUTS), uri);
    }

    @GET
    @Path("workspaces/{workspace}/current-state-version-outputs")
    @Needs(Permission.READ_STATE_OUTPUTS)
    public Response currentOutputs(@PathParam("workspace") String workspaceId, @Context UriInfo uri) {
        return outputs(currentOf(workspaceId, Permission.READ_STATE_OUTPUTS), uri);
    }

    /** With its value; a sensitive one is for those who may read the state. */
    @GET
    @Path("state-version-outputs/{id}")
    @Needs(Permission.READ_STATE_OUTPUTS)
    public Response output(@PathParam("id") String id) {
        StateOutput output = states.output(id).orElseThrow(Problem::notFound);
        permitted(output.stateVersionId(), Permission.READ_STATE_OUTPUTS);
        if (output.sensitive()) {
            permitted(output.stateVersionId(), Permission.READ_STATE);
        }
        return Documents.ok(StateView.of(output));
    }

    private Response outputs(StateVersion state, UriInfo uri) {
        List<StateOutput> all = states.outputs(state.id());
        boolean paged = uri.getQueryParameters().containsKey("page[number]")
                || uri.getQueryParameters().containsKey("page[size]");
        if (!paged) {
            return Documents.list(all.stream().map(StateView::of).toList());
        }
        Page page = Page.of(uri);
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(StateView::of)
                        .toList(),
                page,
                all.size(),
                uri);
    }

    private Response answer(StateVersion state, @Nullable String include) {
        List<String> names = include == null
                ? List.of()
                : Arrays.stream(include.split(",", MOST_INCLUDES)).distinct().toList();
        List<Resource> included = new ArrayList<>();
        for (String name : names) {
            if (name.equals("outputs")) {
                states.outputs(state.id()).stream().map(StateView::of).forEach(included::add);
            }
            includes.forEach(room -> included.addAll(room.of(state, name)));
        }
        return Documents.ok(resource(state), included);
    }

    private Resource resource(StateVersion state) {
        return view.of(state, surroundings(state), Optional.empty());
    }

    private Surroundings surroundings(StateVersion state) {
        return states.surroundings(state.id());
    }

    private StateVersion currentOf(String workspaceId, Permission permission) {
        if (!Ids.isOne("ws", workspaceId)) {
            throw Problem.notFound();
        }
        WorkspaceId workspace = new WorkspaceId(workspaceId);
        workspaces.require(caller.principal(), workspace, permission);
        return states.current(workspace).orElseThrow(Problem::notFound);
    }

    private StateVersion permitted(String id, Permission permission) {
        StateVersion state = states.find(id).orElseThrow(Problem::notFound);
        workspaces.require(caller.principal(), state.workspace(), permission);
        return state;
    }

    private static Optional<byte[]> decoded(RequestDocument request, String attribute) {
        return request.text(attribute, MOST_INLINE_CHARACTERS)
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    try {
                        return Base64.getDecoder().decode(text);
                    } catch (IllegalArgumentException e) {
                        throw Problem.invalid(attribute, "The attribute " + attribute + " must be Base64");
                    }
                });
    }

    private static String filter(UriInfo uri, String name) {
        String value = uri.getQueryParameters().getFirst(name);
        if (value == null || value.isEmpty()) {
            throw Problem.malformed(
                    "The query parameters filter[organization][name] and filter[workspace][name] are required.");
        }
        return value;
    }
}
