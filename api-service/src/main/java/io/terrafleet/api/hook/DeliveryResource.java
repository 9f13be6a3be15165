package io.terrafleet.api.hook;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The webhook of a connection, and what came in by it. Ours, not of the TFE API. */
@Path("/api/v2")
@RunOnVirtualThread
public class DeliveryResource {
    private final Webhooks webhooks;
    private final Registrations registrations;
    private final OauthClients clients;
    private final Grants grants;
    private final Caller caller;

    DeliveryResource(
            Webhooks webhooks, Registrations registrations, OauthClients clients, Grants grants, Caller caller) {
        this.webhooks = webhooks;
        this.registrations = registrations;
        this.clients = clients;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{client}/webhook")
    public Response show(@PathParam("client") String client) {
        require(client);
        return Documents.ok(view(webhooks.of(client).orElseThrow(Problem::notFound)));
    }

    /** Makes it, or a new secret for it; the secret is told this once. */
    @POST
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{client}/webhook")
    public Response rotate(@PathParam("client") String client) {
        require(client);
        return Documents.created(view(webhooks.rotate(client)));
    }

    /** Those that the platform has made at the host, or has to leave to a person; at most 1,000. */
    @GET
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{client}/repository-webhooks")
    public Response registrations(@PathParam("client") String client, @Context UriInfo uri) {
        require(client);
        Page page = Page.of(uri);
        List<Registrations.Registration> all = registrations.of(client);
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(DeliveryResource::view)
                        .toList(),
                page,
                all.size(),
                uri);
    }

    private static Resource view(Registrations.Registration registration) {
        return Resource.of("repository-webhooks", registration.repositoryId())
                .with("repository", registration.repository())
                .with("status", registration.state())
                .with("note", registration.note())
                .with("updated-at", registration.updatedAt());
    }

    @GET
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("oauth-clients/{client}/webhook-deliveries")
    public Response list(@PathParam("client") String client, @Context UriInfo uri) {
        require(client);
        Page page = Page.of(uri);
        return Documents.page(
                webhooks.deliveries(client, page.offset(), page.size()).stream()
                        .map(DeliveryResource::view)
                        .toList(),
                page,
                webhooks.count(client),
                uri);
    }

    @GET
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("webhook-deliveries/{delivery}")
    public Response delivery(@PathParam("delivery") String id) {
        return Documents.ok(view(permitted(id)));
    }

    /** Lets it count once more. */
    @POST
    @Needs(Permission.MANAGE_VCS_SETTINGS)
    @Path("webhook-deliveries/{delivery}/actions/replay")
    public Response replay(@PathParam("delivery") String id) {
        permitted(id);
        webhooks.replay(id, caller.principal().name());
        return Response.accepted().build();
    }

    private void require(String clientId) {
        String organization = clients.organizationOf(clientId).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), organization, Permission.MANAGE_VCS_SETTINGS);
    }

    private WebhookDelivery permitted(String id) {
        WebhookDelivery delivery = webhooks.delivery(id).orElseThrow(Problem::notFound);
        require(delivery.clientId());
        return delivery;
    }

    private static Resource view(Webhooks.Webhook webhook) {
        return Resource.of("webhooks", webhook.id())
                .with("url", webhook.url())
                .with("secret", webhook.secret())
                .with("created-at", webhook.createdAt())
                .with("rotated-at", webhook.rotatedAt());
    }

    private static Resource view(WebhookDelivery delivery) {
        return Resource.of("webhook-deliveries", delivery.id())
                .with("delivery", delivery.delivery())
                .with("event", delivery.event())
                .with("repository", delivery.repository())
                .with("size", delivery.size())
                .with("status", delivery.state())
                .with("note", delivery.note())
                .with("received-at", delivery.receivedAt())
                .with("processed-at", delivery.processedAt())
                .toOne("oauth-client", "oauth-clients", delivery.clientId())
                .link("self", "/api/v2/webhook-deliveries/" + delivery.id());
    }
}
