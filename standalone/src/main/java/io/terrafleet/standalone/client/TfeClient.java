package io.terrafleet.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls that a person with a terminal would make. Every failure is an {@link ApiFailure} with the API's own words. */
public final class TfeClient implements AutoCloseable {
    private static final int LOG_PIECE = 65_536;

    private final TfeHttp http;

    /** @param platform base URL, for example {@code http://localhost:8080} */
    public TfeClient(URI platform, String token) {
        this.http = new TfeHttp(platform, token);
    }

    public void createOrganization(String name) {
        http.send(
                "POST", "organizations", resource("organizations", Map.of("name", name, "email", "demo@example.com")));
    }

    /**
     * @param organizationAccess what it may do in all of the organization, by the names of the TFE API
     * @return the team's id
     */
    public String createTeam(String organization, String name, Map<String, Boolean> organizationAccess) {
        Map<String, Object> attributes = Map.of("name", name, "organization-access", organizationAccess);
        return id(http.send("POST", "organizations/" + organization + "/teams", resource("teams", attributes)));
    }

    /** @return the token, told this once */
    public String createTeamToken(String teamId) {
        return http.send("POST", "teams/" + teamId + "/authentication-token", Map.of())
                .path("data")
                .path("attributes")
                .path("token")
                .asText();
    }

    /** @param access {@code read}, {@code write}, {@code maintain} or {@code admin} */
    public void giveProject(String teamId, String projectId, String access) {
        Map<String, Object> relationships =
                Map.of("team", linkage("teams", teamId), "project", linkage("projects", projectId));
        http.send("POST", "team-projects", resource("team-projects", Map.of("access", access), relationships));
    }

    /** @return the workspace's id */
    public String createWorkspace(String organization, String name, Map<String, Object> attributes) {
        Map<String, Object> all = new TreeMap<>(attributes);
        all.put("name", name);
        return id(http.send("POST", "organizations/" + organization + "/workspaces", resource("workspaces", all)));
    }

    /** @return the configuration version's id; uploaded and accepted */
    public String uploadConfiguration(String workspaceId, byte[] tarGz, boolean speculative) {
        JsonNode made = http.send(
                "POST",
                "workspaces/" + workspaceId + "/configuration-versions",
                resource("configuration-versions", Map.of("auto-queue-runs", false, "speculative", speculative)));
        http.putBlob(
                URI.create(
                        made.path("data").path("attributes").path("upload-url").asText()),
                tarGz);
        return id(made);
    }

    public String configurationStatus(String configurationId) {
        return http.get("configuration-versions/" + configurationId)
                .path("data")
                .path("attributes")
                .path("status")
                .asText();
    }

    public Run startRun(String workspaceId, String configurationId, Map<String, Object> attributes) {
        Map<String, Object> relationships = Map.of(
                "workspace", linkage("workspaces", workspaceId),
                "configuration-version", linkage("configuration-versions", configurationId));
        return Run.of(http.send("POST", "runs", resource("runs", attributes, relationships))
                .path("data"));
    }

    public Run run(String runId) {
        return Run.of(http.get("runs/" + runId).path("data"));
    }

    /** Whether a run of the organization waits or goes on; the cheapest question that there is. */
    public boolean hasUnfinishedRuns(String organization) {
        return !http.get("organizations/" + organization + "/runs?filter%5Bstatus_group%5D=non_final&page%5Bsize%5D=1")
                .path("data")
                .isEmpty();
    }

    /**
     * Makes something, or lets something be done.
     *
     * @return the resource of the answer
     */
    public JsonNode post(String path, Map<String, Object> attributes) {
        return http.send("POST", path, Map.of("data", Map.of("attributes", attributes)))
                .path("data");
    }

    public List<Run> runs(String workspaceId) {
        List<Run> runs = new ArrayList<>();
        http.get("workspaces/" + workspaceId + "/runs?page%5Bsize%5D=100")
                .path("data")
                .forEach(data -> runs.add(Run.of(data)));
        return runs;
    }

    /** Those of the workspace that are not over; at most 100. */
    public List<Run> openRuns(String workspaceId) {
        List<Run> runs = new ArrayList<>();
        http.get("workspaces/" + workspaceId + "/runs?filter%5Bstatus_group%5D=non_final&page%5Bsize%5D=100")
                .path("data")
                .forEach(data -> runs.add(Run.of(data)));
        return runs;
    }

    /** @param action {@code apply}, {@code discard}, {@code cancel} or {@code force-cancel} */
    public void act(String runId, String action, String comment) {
        http.send("POST", "runs/" + runId + "/actions/" + action, Map.of("comment", comment));
    }

    /** @param path {@code plans/ID} or {@code applies/ID} */
    public JsonNode attributes(String path) {
        return http.get(path).path("data").path("attributes");
    }

    /** The log from an offset in bytes on; empty when there is nothing new. */
    public byte[] log(String logReadUrl, long offset) {
        return http.getBlob(URI.create(logReadUrl + "?limit=" + LOG_PIECE + "&offset=" + offset));
    }

    public CostEstimate costEstimate(String id) {
        return CostEstimate.of(http.get("cost-estimates/" + id).path("data"));
    }

    /** What every policy of every evaluation of the run said. */
    public List<PolicyOutcome> policyOutcomes(Run run) {
        List<PolicyOutcome> outcomes = new ArrayList<>();
        for (String stage : run.taskStageIds()) {
            JsonNode evaluations = http.get("task-stages/" + stage + "?include=policy_evaluations")
                    .path("data")
                    .path("relationships")
                    .path("policy-evaluations")
                    .path("data");
            for (JsonNode evaluation : evaluations) {
                outcomes.addAll(setOutcomes(evaluation.path("id").asText()));
            }
        }
        return outcomes;
    }

    public String taskStageStatus(String stageId) {
        return attributes("task-stages/" + stageId).path("status").asText();
    }

    public void override(String stageId, String comment) {
        http.send("POST", "task-stages/" + stageId + "/actions/override", Map.of("comment", comment));
    }

    /** Name to value of what the current state puts out; a sensitive value is not told. */
    public Map<String, JsonNode> outputs(String workspaceId) {
        Map<String, JsonNode> outputs = new TreeMap<>();
        http.get("workspaces/" + workspaceId + "/current-state-version-outputs")
                .path("data")
                .forEach(output -> {
                    JsonNode attributes = output.path("attributes");
                    outputs.put(attributes.path("name").asText(), attributes.path("value"));
                });
        return outputs;
    }

    /** Serial of the workspace's current state. */
    public long stateSerial(String workspaceId) {
        return attributes("workspaces/" + workspaceId + "/current-state-version")
                .path("serial")
                .asLong();
    }

    /** The current state's document, as terraform wrote it. */
    public byte[] state(String workspaceId) {
        String url = attributes("workspaces/" + workspaceId + "/current-state-version")
                .path("hosted-state-download-url")
                .asText();
        return http.download(URI.create(url));
    }

    /** What {@code terraform show -json} said of the run's plan; the token must be allowed to read sensitive values. */
    public byte[] planJson(String runId) {
        return http.download(URI.create("runs/" + runId + "/plan/json-output"));
    }

    /** @return the policy's id, its text uploaded */
    public String createPolicy(String organization, String name, String enforcement, String query, String rego) {
        Map<String, Object> attributes = Map.of(
                "name", name,
                "kind", "opa",
                "query", query,
                "enforcement-level", enforcement);
        String id =
                id(http.send("POST", "organizations/" + organization + "/policies", resource("policies", attributes)));
        http.upload("policies/" + id + "/upload", rego.getBytes(StandardCharsets.UTF_8));
        return id;
    }

    /** @return the set's id; it applies to every workspace of the organization */
    public String createPolicySet(
            String organization, String name, Map<String, Object> attributes, List<String> policies) {
        Map<String, Object> all = new TreeMap<>(attributes);
        all.put("name", name);
        all.put("kind", "opa");
        all.put("global", true);
        String id =
                id(http.send("POST", "organizations/" + organization + "/policy-sets", resource("policy-sets", all)));
        if (!policies.isEmpty()) {
            List<Map<String, String>> linked = policies.stream()
                    .map(policy -> Map.of("type", "policies", "id", policy))
                    .toList();
            http.send("POST", "policy-sets/" + id + "/relationships/policies", Map.of("data", linked));
        }
        return id;
    }

    /** The id of the organization's policy set of that name. */
    public String policySet(String organization, String name) {
        for (JsonNode set : http.get("organizations/" + organization + "/policy-sets?search%5Bname%5D=" + name)
                .path("data")) {
            if (set.path("attributes").path("name").asText().equals(name)) {
                return set.path("id").asText();
            }
        }
        throw new ApiFailure(404, "the organization " + organization + " has no policy set " + name);
    }

    /** Tells the policies of a set something of the house; they see it as {@code data.params.KEY}. */
    public void setParameter(String policySetId, String key, Object value) {
        String json = new String(Json.write(value), StandardCharsets.UTF_8);
        http.send(
                "POST",
                "policy-sets/" + policySetId + "/parameters",
                resource("vars", Map.of("key", key, "value", json, "category", "policy-set", "sensitive", false)));
    }

    @Override
    public void close() {
        http.close();
    }

    private List<PolicyOutcome> setOutcomes(String evaluationId) {
        List<PolicyOutcome> outcomes = new ArrayList<>();
        for (JsonNode set : http.get("policy-evaluations/" + evaluationId + "/policy-set-outcomes")
                .path("data")) {
            JsonNode attributes = set.path("attributes");
            for (JsonNode outcome : attributes.path("outcomes")) {
                outcomes.add(PolicyOutcome.of(attributes.path("policy-set-name").asText(), outcome));
            }
        }
        return outcomes;
    }

    private static String id(JsonNode document) {
        return document.path("data").path("id").asText();
    }

    private static Map<String, Object> linkage(String type, String id) {
        return Map.of("data", Map.of("type", type, "id", id));
    }

    private static Map<String, Object> resource(String type, Map<String, Object> attributes) {
        return resource(type, attributes, Map.of());
    }

    private static Map<String, Object> resource(
            String type, Map<String, Object> attributes, Map<String, Object> relationships) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type);
        data.put("attributes", attributes);
        if (!relationships.isEmpty()) {
            data.put("relationships", relationships);
        }
        return Map.of("data", data);
    }
}
