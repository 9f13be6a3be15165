package io.terrafleet.standalone.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.List;
import java.util.Map;

/**
 * An agent pool that serves one workspace, and a token of it.
 *
 * @param workspace its id
 */
record TestPool(String id, String tokenId, String token, String workspace) {
    /** @param name of the pool and of its workspace */
    static TestPool of(Running platform, String name) throws Exception {
        String workspace = platform.api().createWorkspace("acme", name, Map.of("structured-run-output-enabled", false));
        Map<String, Object> allowed = Map.of("data", List.of(Map.of("type", "workspaces", "id", workspace)));
        JsonNode pool = platform.calls()
                .send(
                        "POST",
                        "organizations/acme/agent-pools",
                        Map.of(
                                "data",
                                Map.of(
                                        "type",
                                        "agent-pools",
                                        "attributes",
                                        Map.of("name", name, "organization-scoped", false),
                                        "relationships",
                                        Map.of("allowed-workspaces", allowed))));
        String id = pool.path("data").path("id").asText();
        JsonNode token = token(platform, id);
        platform.calls()
                .send(
                        "PATCH",
                        "workspaces/" + workspace,
                        attributes(Map.of("execution-mode", "agent", "agent-pool-id", id)));
        return new TestPool(
                id,
                token.path("id").asText(),
                token.path("attributes").path("token").asText(),
                workspace);
    }

    static JsonNode token(Running platform, String pool) throws Exception {
        return platform.calls()
                .send(
                        "POST",
                        "agent-pools/" + pool + "/authentication-tokens",
                        attributes(Map.of("description", "for a host")))
                .path("data");
    }

    static Map<String, Object> attributes(Map<String, Object> attributes) {
        return Map.of("data", Map.of("attributes", attributes));
    }
}
