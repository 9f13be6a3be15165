package io.terrafleet.api.organization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Resource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The organizations that let another one take from their private registry. Of those that the caller does not see only the name is told. */
@Path("/api/v2")
@RunOnVirtualThread
public class RegistryProducerResource {
    private final RegistrySharing sharing;
    private final Organizations organizations;
    private final LinkedOrganizations linked;
    private final Caller caller;

    RegistryProducerResource(
            RegistrySharing sharing, Organizations organizations, LinkedOrganizations linked, Caller caller) {
        this.sharing = sharing;
        this.organizations = organizations;
        this.linked = linked;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/relationships/module-producers")
    @Needs(Permission.READ)
    public Response ofModules(@PathParam("organization") String name, @Context UriInfo uri) {
        return answer(name, true, uri);
    }

    @GET
    @Path("organizations/{organization}/relationships/provider-producers")
    @Needs(Permission.READ)
    public Response ofProviders(@PathParam("organization") String name, @Context UriInfo uri) {
        return answer(name, false, uri);
    }

    private Response answer(String name, boolean modules, UriInfo uri) {
        String consumer = organizations
                .permitted(caller.principal(), name, Permission.READ)
                .id();
        return Documents.slice(
                sharing.producers(consumer, modules).stream()
                        .map(producer -> linked.find(producer.name()).orElseGet(() -> named(producer)))
                        .toList(),
                uri);
    }

    private static Resource named(Organization organization) {
        return Resource.of("organizations", organization.name())
                .with("name", organization.name())
                .link("self", "/api/v2/organizations/" + organization.name());
    }
}
