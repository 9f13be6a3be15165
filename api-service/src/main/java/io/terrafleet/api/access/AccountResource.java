package io.terrafleet.api.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The caller's own account, and users. */
@Path("/api/v2")
@RunOnVirtualThread
public class AccountResource {
    private final Users users;
    private final Caller caller;

    AccountResource(Users users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    @GET
    @Path("account/details")
    @Needs(Permission.KNOWN)
    public Response details() {
        Principal who = caller.principal();
        if (!who.isUser()) {
            return Documents.ok(UserView.ofService(who, users.organizationOf(who)));
        }
        return Documents.ok(UserView.of(users.find(who.id()).orElseThrow(Problem::unauthorized), who)
                .toOne("authenticated-resource", "users", who.id()));
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
}
