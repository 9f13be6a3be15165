package io.terrafleet.api.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** The caller's own account, and users. Site administrators make users here; whoever signs in otherwise comes later. */
@Path("/api/v2")
@RunOnVirtualThread
public class AccountResource {
    private final Users users;
    private final Grants grants;
    private final Caller caller;

    AccountResource(Users users, Grants grants, Caller caller) {
        this.users = users;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("account/details")
    @Needs(Permission.KNOWN)
    public Response details() {
        Principal who = caller.principal();
        if (!who.isUser()) {
            return Documents.ok(UserView.ofService(who));
        }
        return Documents.ok(UserView.of(users.find(who.id()).orElseThrow(Problem::unauthorized), who));
    }

    @PATCH
    @Path("account/update")
    @Needs(Permission.KNOWN)
    public Response update(InputStream body) {
        Principal who = caller.principal();
        if (!who.isUser()) {
            throw Problem.forbidden("An organization's token has no account to change.");
        }
        RequestDocument document = RequestDocument.read(body);
        return Documents.ok(
                UserView.of(users.change(who.id(), document.text("username"), document.text("email")), who));
    }

    /** For the links of resources that name who made them. */
    @GET
    @Path("users/{user}")
    @Needs(Permission.KNOWN)
    public Response show(@PathParam("user") String id) {
        return Documents.ok(UserView.of(users.find(id).orElseThrow(Problem::notFound), caller.principal()));
    }

    @GET
    @Path("admin/users")
    @Needs(Permission.SITE_ADMIN)
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Page page = Page.of(uri);
        return Documents.page(
                users.list(page.offset(), page.size()).stream()
                        .map(user -> UserView.of(user, caller.principal()))
                        .toList(),
                page,
                users.count(),
                uri);
    }

    /** Attributes {@code username}, {@code email} and optionally {@code is-admin}. */
    @POST
    @Path("admin/users")
    @Needs(Permission.SITE_ADMIN)
    public Response create(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        RequestDocument document = RequestDocument.read(body);
        Users.User user = users.create(
                document.required("username"),
                document.required("email"),
                document.flag("is-admin").orElse(false));
        return Documents.created(UserView.of(user, caller.principal()));
    }
}
