package io.terrafleet.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Which addresses to let through a firewall. */
@Path("/api/meta/ip-ranges")
@RunOnVirtualThread
@Open(because = "firewalls are set up by machines that have no account; the operator decides what it tells")
public class AddressRangesResource {
    private final AddressConfig config;

    AddressRangesResource(AddressConfig config) {
        this.config = config;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response ranges() {
        ObjectNode ranges = JsonNodeFactory.instance.objectNode();
        put(ranges, "api", config.api());
        put(ranges, "notifications", config.notifications());
        put(ranges, "sentinel", config.sentinel());
        put(ranges, "vcs", config.vcs());
        return Response.ok(ranges.toString()).build();
    }

    private static void put(ObjectNode ranges, String name, Optional<List<String>> list) {
        ArrayNode array = ranges.putArray(name);
        list.ifPresent(all -> all.forEach(array::add));
    }
}
