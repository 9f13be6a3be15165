package io.terrafleet.api.sshkey;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceView;
import io.terrafleet.api.workspace.Workspaces;
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
import java.util.Optional;

/** SSH keys over HTTP, and which workspace uses which. */
@Path("/api/v2")
@RunOnVirtualThread
public class SshKeyResource {
    private final SshKeys keys;
    private final Workspaces workspaces;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    SshKeyResource(SshKeys keys, Workspaces workspaces, Organizations organizations, Grants grants, Caller caller) {
        this.keys = keys;
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/ssh-keys")
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        String organization = organizations
                .permitted(caller.principal(), name, Permission.MANAGE_VCS_SETTINGS)
                .id();
        return Documents.slice(
                keys.of(organization).stream().map(SshKeyResource::view).toList(), uri);
    }

    @POST
    @Path("organizations/{organization}/ssh-keys")
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    public Response create(@PathParam("organization") String name, InputStream body) {
        String organization = organizations
                .permitted(caller.principal(), name, Permission.MANAGE_VCS_SETTINGS)
                .id();
        RequestDocument request = RequestDocument.read(body);
        return Documents.created(view(keys.create(
                organization,
                request.required("name"),
                request.text("value", SshKeys.LONGEST_KEY)
                        .filter(text -> !text.isBlank())
                        .orElseThrow(() -> Problem.invalid("value", "Ssh key is invalid")))));
    }

    @GET
    @Path("ssh-keys/{key}")
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    public Response show(@PathParam("key") String id) {
        return Documents.ok(view(permitted(id, Permission.MANAGE_VCS_SETTINGS)));
    }

    @PATCH
    @Path("ssh-keys/{key}")
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    public Response change(@PathParam("key") String id, InputStream body) {
        SshKey key = permitted(id, Permission.MANAGE_VCS_SETTINGS);
        return Documents.ok(
                view(keys.rename(key.id(), RequestDocument.read(body).text("name"))));
    }

    @DELETE
    @Path("ssh-keys/{key}")
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    public Response delete(@PathParam("key") String id) {
        keys.delete(permitted(id, Permission.MANAGE_VCS_SETTINGS).id());
        return Response.noContent().build();
    }

    /** {@code attributes.id} names the key; null takes it away. */
    @PATCH
    @Path("workspaces/{workspace}/relationships/ssh-key")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response assign(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE);
        Optional<String> wanted = wanted(RequestDocument.read(body));
        boolean foreign = wanted.isPresent()
                && wanted.flatMap(keys::find)
                        .filter(found -> found.organizationId().equals(workspace.organizationId()))
                        .isEmpty();
        if (foreign) {
            throw Problem.notFound();
        }
        Workspace changed = workspaces.assignSshKey(workspace.id(), wanted);
        Rights rights = grants.rights(caller.principal(), changed.place());
        return Documents.ok(WorkspaceView.of(changed, rights, rights.may(Permission.OWN)));
    }

    private static Optional<String> wanted(RequestDocument request) {
        JsonNode id = request.raw("id");
        if (id.isMissingNode()) {
            throw Problem.invalid("id", "Id can't be blank: it names the SSH key, or is null for none");
        }
        return request.text("id", 200);
    }

    private SshKey permitted(String id, Permission permission) {
        SshKey key = keys.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), key.organizationId(), permission);
        return key;
    }

    private static Resource view(SshKey key) {
        return Resource.of("ssh-keys", key.id()).with("name", key.name()).link("self", "/api/v2/ssh-keys/" + key.id());
    }
}
