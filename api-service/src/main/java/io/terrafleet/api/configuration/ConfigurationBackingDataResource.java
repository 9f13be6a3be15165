package io.terrafleet.api.configuration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** An owner gives up the archive of an old configuration, or takes that back. */
@Path("/api/v2")
@RunOnVirtualThread
public class ConfigurationBackingDataResource {
    private final ConfigurationBackingData backing;
    private final Configurations configurations;
    private final Workspaces workspaces;
    private final Caller caller;

    ConfigurationBackingDataResource(
            ConfigurationBackingData backing, Configurations configurations, Workspaces workspaces, Caller caller) {
        this.backing = backing;
        this.configurations = configurations;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @POST
    @Path("configuration-versions/{id}/actions/soft_delete_backing_data")
    @Needs(Permission.OWN)
    public Response softDelete(@PathParam("id") String id) {
        return Documents.ok(ConfigurationView.of(backing.softDelete(owned(id))));
    }

    @POST
    @Path("configuration-versions/{id}/actions/restore_backing_data")
    @Needs(Permission.OWN)
    public Response restore(@PathParam("id") String id) {
        return Documents.ok(ConfigurationView.of(backing.restore(owned(id))));
    }

    @POST
    @Path("configuration-versions/{id}/actions/permanently_delete_backing_data")
    @Needs(Permission.OWN)
    public Response deleteForEver(@PathParam("id") String id) {
        return Documents.ok(ConfigurationView.of(backing.deleteForEver(owned(id))));
    }

    private String owned(String id) {
        ConfigurationVersion configuration = configurations.find(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), configuration.workspace().value(), Permission.OWN);
        return configuration.id();
    }
}
