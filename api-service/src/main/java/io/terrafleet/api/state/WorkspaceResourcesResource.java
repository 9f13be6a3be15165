package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;

/** What a workspace's current state manages, over HTTP: one entry to each resource block. */
@Path("/api/v2")
@RunOnVirtualThread
public class WorkspaceResourcesResource {
    private static final String DATA = "data.";

    private final States states;
    private final Workspaces workspaces;
    private final Caller caller;

    WorkspaceResourcesResource(States states, Workspaces workspaces, Caller caller) {
        this.states = states;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    /** Managed resources; what is only read is left out. */
    @GET
    @Path("workspaces/{workspace}/resources")
    @Needs(Permission.READ_STATE)
    public Response list(@PathParam("workspace") String id, @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ_STATE);
        List<Resource> resources = new ArrayList<>();
        states.current(workspace.id()).ifPresent(state -> {
            for (JsonNode group : state.summary().path("resources")) {
                if (!group.path("type").asText().startsWith(DATA)) {
                    resources.add(view(state, group));
                }
            }
        });
        return Documents.slice(resources, uri);
    }

    private static Resource view(StateVersion state, JsonNode group) {
        String module = group.path("module").asText("root");
        String type = group.path("type").asText();
        String name = group.path("name").asText();
        String local = type + "." + name;
        String address = module.equals("root") ? local : module + "." + local;
        return Resource.of("resources", "wsr-" + tail(state, address))
                .with("address", address)
                .with("name", name)
                .with("created-at", state.createdAt())
                .with("updated-at", state.createdAt())
                .with("module", module)
                .with("provider", group.path("provider").asText())
                .with("provider-type", type)
                .with("modified-by-state-version-id", state.id())
                .with("name-index", null);
    }

    /** The same for the same address in the same workspace: 16 hexadecimal digits. */
    private static String tail(StateVersion state, String address) {
        return "%016x"
                .formatted(java.util
                        .UUID
                        .nameUUIDFromBytes((state.workspace().value() + "\n" + address)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .getMostSignificantBits());
    }
}
