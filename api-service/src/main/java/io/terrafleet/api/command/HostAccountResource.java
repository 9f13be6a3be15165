package io.terrafleet.api.command;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.oauth.OauthClients;
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
import java.util.List;

/** One's own accounts at git hosts, whose comments count as one's own. Ours, not of the TFE API. */
@Path("/api/v2")
@RunOnVirtualThread
public class HostAccountResource {
    private final HostAccounts accounts;
    private final OauthClients clients;
    private final Grants grants;
    private final Caller caller;

    HostAccountResource(HostAccounts accounts, OauthClients clients, Grants grants, Caller caller) {
        this.accounts = accounts;
        this.clients = clients;
        this.grants = grants;
        this.caller = caller;
    }

    /**
     * A code that is good for a quarter of an hour, once, in a comment of the account that {@code login} names: write {@code terrafleet link
     * CODE} on a pull request of the connection.
     */
    @POST
    @Needs(Permission.READ)
    @Path("oauth-clients/{client}/account-links")
    public Response link(@PathParam("client") String client, InputStream body) {
        String organization = clients.organizationOf(client).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), organization, Permission.READ);
        String login = RequestDocument.read(body).required("login");
        HostAccounts.Code code = accounts.code(client, login, user());
        return Documents.created(Resource.of("account-links", client)
                .with("code", code.code())
                .with("login", login)
                .with("comment", "terrafleet link " + code.code())
                .with("expires-at", code.expiresAt()));
    }

    @GET
    @Needs(Permission.KNOWN)
    @Path("account/host-accounts")
    public Response list(@Context UriInfo uri) {
        Page page = Page.of(uri);
        List<HostAccounts.Account> all = accounts.list(caller.principal());
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(HostAccountResource::view)
                        .toList(),
                page,
                all.size(),
                uri);
    }

    @DELETE
    @Needs(Permission.KNOWN)
    @Path("account/host-accounts/{client}/{account}")
    public Response unlink(@PathParam("client") String client, @PathParam("account") String account) {
        accounts.unlink(caller.principal(), client, account);
        return Response.noContent().build();
    }

    private Principal user() {
        Principal who = caller.principal();
        if (!who.isUser()) {
            throw Problem.unprocessable("Only a user has an account at a host; this is the token of something else.");
        }
        return who;
    }

    private static Resource view(HostAccounts.Account account) {
        return Resource.of("host-accounts", account.clientId() + "/" + account.accountId())
                .with("login", account.login())
                .with("linked-at", account.linkedAt())
                .toOne("oauth-client", "oauth-clients", account.clientId());
    }
}
