package io.terrafleet.api.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.audit.AuditConfigurations.Configuration;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How an organization's audit trail is given out. */
@Path("/api/v2/organizations/{organization}/audit-configuration")
@RunOnVirtualThread
public class AuditConfigurationResource {
    private final AuditConfigurations configurations;
    private final Organizations organizations;
    private final Caller caller;

    AuditConfigurationResource(AuditConfigurations configurations, Organizations organizations, Caller caller) {
        this.configurations = configurations;
        this.organizations = organizations;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.OWN)
    public Response show(@PathParam("organization") String name) {
        Organization organization = owned(name);
        return Documents.ok(view(configurations.of(organization.id()), organization));
    }

    @PATCH
    @Needs(Permission.OWN)
    public Response change(@PathParam("organization") String name, InputStream body) {
        Organization organization = owned(name);
        RequestDocument request = RequestDocument.read(body);
        if (enabled(request, "hcp-audit-log-streaming").orElse(false)) {
            throw Problem.invalid(
                    "hcp-audit-log-streaming",
                    "Hcp audit log streaming can only be disabled: the trail is read by its address or from its Kafka topic");
        }
        Configuration changed = enabled(request, "audit-trails")
                .map(readable -> configurations.set(organization.id(), readable))
                .orElseGet(() -> configurations.of(organization.id()));
        return Documents.ok(view(changed, organization));
    }

    /** Puts an entry into the trail that says nothing has changed. */
    @POST
    @Path("test")
    @Needs(Permission.OWN)
    public Response test(@PathParam("organization") String name) {
        configurations.test(owned(name).id());
        String request = caller.origin().map(Caller.Origin::requestId).orElse("");
        return Response.ok(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("request-id", request)
                                .toString(),
                        MediaType.APPLICATION_JSON)
                .build();
    }

    private static Optional<Boolean> enabled(RequestDocument request, String attribute) {
        JsonNode value = request.raw(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.path("enabled").isBoolean()) {
            throw Problem.invalid(attribute, attribute + " must be an object with enabled: true or false");
        }
        return Optional.of(value.path("enabled").booleanValue());
    }

    private Organization owned(String name) {
        return organizations.permitted(caller.principal(), name, Permission.OWN);
    }

    private static Resource view(Configuration configuration, Organization organization) {
        Map<String, Instant> times = new LinkedHashMap<>();
        configuration
                .changedAt()
                .ifPresent(at -> times.put(
                        configuration.readable() ? "audit-trails-enabled-at" : "audit-trails-disabled-at", at));
        Map<String, Object> streaming = new LinkedHashMap<>();
        streaming.put("enabled", false);
        streaming.put("organization-id", null);
        return Resource.of("audit-configurations", organization.id())
                .with("audit-trails", Map.of("enabled", configuration.readable()))
                .with("hcp-audit-log-streaming", streaming)
                .with(
                        "permissions",
                        Map.of(
                                "can-enable-hcp-audit-log-streaming", false,
                                "can-set-hcp-audit-log-streaming-organization", false,
                                "can-use-audit-trails", true))
                .with("timestamps", times)
                .toOne("organization", "organizations", organization.name())
                .link("self", "/api/v2/organizations/" + organization.name() + "/audit-configuration");
    }
}
