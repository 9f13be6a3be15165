package io.terrafleet.api.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail in the form that HCP Terraform documents: plain JSON with snake_case pagination. The organization is the token's; an
 * owner, whose token is of no organization, names it with {@code organization=NAME}, which is ours.
 */
@Path("/api/v2/organization/audit-trail")
@RunOnVirtualThread
public class AuditTrailResource {
    private final AuditTrail trail;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final AuditConfigurations configurations;

    AuditTrailResource(
            AuditTrail trail,
            Organizations organizations,
            Grants grants,
            Caller caller,
            AuditConfigurations configurations) {
        this.trail = trail;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
        this.configurations = configurations;
    }

    /** @param since only what happened after this instant */
    @GET
    @Needs(Permission.READ_AUDIT_TRAIL)
    public Response list(
            @QueryParam("since") @Nullable String since,
            @QueryParam("organization") @Nullable String name,
            @Context UriInfo uri) {
        String organization = organization(name);
        if (!configurations.of(organization).readable()) {
            throw Problem.forbidden(
                    "The owners of this organization have switched the reading of its audit trail off.");
        }
        Instant after = since == null || since.isEmpty() ? Instant.EPOCH : instant(since);
        Page page = Page.of(uri);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode data = document.putArray("data");
        trail.of(organization, after, page.offset(), page.size()).forEach(entry -> data.add(json(entry)));
        paginate(document, page, trail.count(organization, after));
        return Response.ok(document.toString(), MediaType.APPLICATION_JSON).build();
    }

    private String organization(@Nullable String name) {
        Principal who = caller.principal();
        if (who.organizationId().isPresent()) {
            grants.require(who, who.organizationId().get(), Permission.READ_AUDIT_TRAIL);
            return who.organizationId().get();
        }
        if (name == null) {
            throw Problem.notFound();
        }
        return organizations.permitted(who, name, Permission.READ_AUDIT_TRAIL).id();
    }

    private static ObjectNode json(AuditEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", entry.id());
        json.put("version", "0");
        json.put("type", "Resource");
        json.put("timestamp", entry.at().toString());
        ObjectNode auth = json.putObject("auth");
        auth.put("accessor_id", entry.actorId());
        auth.put("description", entry.actorName());
        auth.put("type", entry.actorKind().equals("user") ? "Client" : "Token");
        auth.putNull("impersonator_id");
        auth.put("organization_id", entry.organizationId().orElse(null));
        ObjectNode request = json.putObject("request");
        request.put("id", entry.requestId().orElse(null));
        request.put("address", entry.address().orElse(null));
        ObjectNode resource = json.putObject("resource");
        resource.put("id", entry.resourceId());
        resource.put("type", entry.resource());
        resource.put("action", entry.action());
        try {
            resource.putObject("meta").set("changes", Json.mapper().readTree(entry.changes()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("audit entry " + entry.id() + " carries no JSON", e);
        }
        return json;
    }

    private static void paginate(ObjectNode document, Page page, long total) {
        long pages = Math.max(1, (total + page.size() - 1) / page.size());
        ObjectNode pagination = document.putObject("pagination");
        pagination.put("current_page", page.number());
        pagination.put("prev_page", page.number() > 1 ? page.number() - 1 : null);
        pagination.put("next_page", page.number() < pages ? page.number() + 1 : null);
        pagination.put("total_pages", pages);
        pagination.put("total_count", total);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.malformed("since must be a time such as 2030-01-31T00:00:00Z");
        }
    }
}
