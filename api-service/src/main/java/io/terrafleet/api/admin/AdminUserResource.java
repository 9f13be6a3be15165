package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;

/** Users, for site administrators. One cannot lock oneself out. */
@Path("/api/v2/admin/users")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminUserResource {
    private final Users users;
    private final Grants grants;
    private final Caller caller;

    AdminUserResource(Users users, Grants grants, Caller caller) {
        this.users = users;
        this.grants = grants;
        this.caller = caller;
    }

    /** {@code q} searches in name and address; {@code filter[admin]} and {@code filter[suspended]} are true or false. */
    @GET
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Page page = Page.of(uri);
        Users.Wanted wanted = new Users.Wanted(
                Search.containing(Optional.ofNullable(uri.getQueryParameters().getFirst("q"))
                        .orElse("")),
                flag(uri, "filter[admin]"),
                flag(uri, "filter[suspended]"));
        return Documents.page(
                users.list(wanted, page.offset(), page.size()).stream()
                        .map(user -> UserView.of(user, caller.principal()))
                        .toList(),
                page,
                users.count(wanted),
                uri);
    }

    /** Attributes {@code username}, {@code email} and optionally {@code is-admin}. */
    @POST
    public Response create(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        RequestDocument document = RequestDocument.read(body);
        Users.User user = users.create(
                document.required("username"),
                document.required("email"),
                document.flag("is-admin").orElse(false));
        return Documents.created(UserView.of(user, caller.principal()));
    }

    @DELETE
    @Path("{user}")
    public Response delete(@PathParam("user") String id) {
        users.delete(another(id));
        return Response.noContent().build();
    }

    @POST
    @Path("{user}/actions/suspend")
    public Response suspend(@PathParam("user") String id) {
        return Documents.ok(UserView.of(users.suspend(another(id), true), caller.principal()));
    }

    @POST
    @Path("{user}/actions/unsuspend")
    public Response unsuspend(@PathParam("user") String id) {
        return Documents.ok(UserView.of(users.suspend(another(id), false), caller.principal()));
    }

    @POST
    @Path("{user}/actions/grant_admin")
    public Response grantAdmin(@PathParam("user") String id) {
        return Documents.ok(UserView.of(users.grantSiteAdmin(another(id), true), caller.principal()));
    }

    @POST
    @Path("{user}/actions/revoke_admin")
    public Response revokeAdmin(@PathParam("user") String id) {
        return Documents.ok(UserView.of(users.grantSiteAdmin(another(id), false), caller.principal()));
    }

    /** Nobody has a second factor here; it is off already. */
    @POST
    @Path("{user}/actions/disable_two_factor")
    public Response disableTwoFactor(@PathParam("user") String id) {
        grants.requireSiteAdmin(caller.principal());
        return Documents.ok(UserView.of(users.find(id).orElseThrow(Problem::notFound), caller.principal()));
    }

    private String another(String id) {
        grants.requireSiteAdmin(caller.principal());
        if (caller.principal().id().equals(id)) {
            throw Problem.unprocessable("A site administrator cannot do this to themselves.");
        }
        return id;
    }

    private static Optional<Boolean> flag(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.malformed(name + " must be true or false");
        });
    }
}
