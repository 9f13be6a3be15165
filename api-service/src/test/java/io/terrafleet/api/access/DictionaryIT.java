package io.terrafleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.terrafleet.api.access.AccessScene.Kind;
import io.terrafleet.api.access.AccessScene.Scene;
import io.terrafleet.api.access.Routes.Route;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.SharedData;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What clients read of a resource is in its document: each attribute and relationship of the reference's dictionary, but for those named here. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class DictionaryIT {
    private static final Pattern ENTRY = Pattern.compile("\\*\\*`([a-z_/-]+)`\\*\\* — (.*)");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

    private static final byte[] STATE =
            """
            {"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"one","outputs":{"a":{"value":"x","type":"string"}},"resources":[]}"""
                    .getBytes(StandardCharsets.UTF_8);

    /** Made by runs, agents and repositories, of which the tests of their rooms tell. */
    private static final Set<String> NOT_HERE = Set.of(
            "agents",
            "assessment-results",
            "ingress-attributes",
            "plan-exports",
            "policy-set-outcomes",
            "task-results");

    /**
     * Of what is not part of this platform: groups of an identity provider, its accounts, billing, stacks, customers' keys, actions, policies in
     * Terraform's own language, assessments of health, a marketplace of run tasks, transfers. {@code uuid} is a part of a callback address, and
     * no host calls back here; organizations of Azure DevOps are not listed; retention is not told for more than an organization.
     */
    private static final Set<String> ELSEWHERE = Set.of(
            "hcp-id",
            "hcp-resource-name",
            "subscription",
            "primary-hyok-configuration",
            "hyok-encrypted-data-key",
            "encrypted-state-download-url",
            "sanitized-state-download-url",
            "sanitized-state-upload-url",
            "stacks",
            "stacks-default-agent-pool",
            "no-code-modules",
            "tf-policy-evaluations",
            "policy-paths",
            "scim-identity",
            "scim-group-name",
            "scim-sync-paused",
            "scim-updated-at",
            "github-app-oauth-tokens",
            "ado-entra-tenant-id",
            "vcs-organizations",
            "uuid",
            "action-failures",
            "action-invocations",
            "invoke-action-addrs",
            "integration",
            "params",
            "parent-data-retention-policy-info",
            "current-assessment-result");

    /** Of a request only, or there only while it says something, or for who asks for it. */
    private static final Map<String, Set<String>> SOMETIMES = Map.of(
            "ssh-keys", Set.of("value"),
            "oauth-tokens", Set.of("ssh-key"),
            "oauth-clients", Set.of("affected-workspaces", "affected-workspaces-count"),
            "state-versions", Set.of("force", "state", "json-state", "json-state-outputs"),
            "runs", Set.of("comment", "confirmed-by", "force-cancel-available-at"));

    /** A relationship that the vendor's description names, with no address, document or word about what it would lead to. */
    private static final Map<String, Set<String>> UNSAID = Map.of("runs", Set.of("run-trigger-snapshots"));

    @Inject
    BeanManager beans;

    @Inject
    AccessScene scenes;

    private final Map<String, Set<String>> emitted = new HashMap<>();
    private Scene scene;

    @Test
    void everyDocumentHasWhatTheDictionarySays() throws IOException {
        Map<String, Set<String>> wanted = dictionary();
        assertThat(wanted).hasSizeGreaterThan(35);
        scene = scenes.make();
        make();
        read();
        List<String> missing = new ArrayList<>();
        wanted.keySet().removeAll(NOT_HERE);
        wanted.forEach((type, names) -> {
            Set<String> absent = new TreeSet<>(names);
            absent.removeAll(ELSEWHERE);
            absent.removeAll(SOMETIMES.getOrDefault(type, Set.of()));
            absent.removeAll(emitted.getOrDefault(type, Set.of()));
            absent.removeAll(UNSAID.getOrDefault(type, Set.of()));
            absent.forEach(name -> missing.add(type + ": " + name));
        });
        assertThat(missing).isEmpty();
    }

    private static Map<String, Set<String>> dictionary() throws IOException {
        Map<String, Set<String>> dictionary = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SharedData.orSkip("reference/tfe-api.md"))) {
            inside = line.startsWith("## ") ? line.contains("Attribute dictionary") : inside;
            Matcher entry = ENTRY.matcher(line);
            if (inside && entry.matches()) {
                Set<String> names = new TreeSet<>();
                NAME.matcher(entry.group(2)).results().forEach(name -> names.add(name.group(1)));
                dictionary.put(entry.group(1).replaceFirst("/.*", ""), names);
            }
        }
        return dictionary;
    }

    /** What the scene has not. */
    private void make() throws IOException {
        String organization = "/api/v2/organizations/{organization}/";
        String task = post(
                organization + "tasks",
                "{\"name\":\"scan\",\"url\":\"https://example.com/\",\"category\":\"task\",\"enabled\":false}",
                "{}");
        post(
                "/api/v2/workspaces/{workspace}/tasks",
                "{\"enforcement-level\":\"advisory\",\"stages\":[\"post_plan\"]}",
                "{\"task\":{\"data\":{\"type\":\"tasks\",\"id\":\"" + task + "\"}}}");
        String policy = post(
                organization + "policies",
                "{\"name\":\"acme\",\"kind\":\"opa\",\"query\":\"data.acme.deny\",\"enforcement-level\":\"advisory\"}",
                "{}");
        ask(Kind.OWNER)
                .contentType("application/octet-stream")
                .body("package acme\nimport rego.v1\ndeny contains \"no\" if { false }\n"
                        .getBytes(StandardCharsets.UTF_8))
                .put("/api/v2/policies/" + policy + "/upload")
                .then()
                .statusCode(200);
        String set = post(
                organization + "policy-sets",
                "{\"name\":\"ours\",\"kind\":\"opa\"}",
                "{\"policies\":{\"data\":[{\"type\":\"policies\",\"id\":\"" + policy + "\"}]}}");
        post(
                "/api/v2/policy-sets/" + post(organization + "policy-sets", "{\"name\":\"v\",\"kind\":\"opa\"}", "{}")
                        + "/versions",
                "{}",
                "{}");
        get("/api/v2/policy-sets/" + set);
        get("/api/v2/policies/" + policy);
        get("/api/v2/tasks/" + task);
        post(
                organization + "registry-modules",
                "{\"name\":\"net\",\"provider\":\"aws\",\"registry-name\":\"private\"}",
                "{}");
        String client = post(
                organization + "oauth-clients",
                "{\"service-provider\":\"github\",\"http-url\":\"https://github.com\",\"api-url\":\"https://api.github.com\","
                        + "\"oauth-token-string\":\"ghp_secret\"}",
                "{}");
        get("/api/v2/oauth-clients/" + client + "/oauth-tokens");
        post("/api/v2/workspaces/{workspace}/configuration-versions", "{\"auto-queue-runs\":false}", "{}");
        post("/api/v2/users/{user}/authentication-tokens", "{\"description\":\"mine\"}", "{}");
        String kept = post(organization + "workspaces", "{\"name\":\"kept\"}", "{}");
        post("/api/v2/workspaces/" + kept + "/actions/lock", "{}", "{}");
        post(
                "/api/v2/workspaces/" + kept + "/state-versions",
                "{\"serial\":1,\"lineage\":\"one\",\"md5\":\"" + md5(STATE) + "\",\"state\":\""
                        + Base64.getEncoder().encodeToString(STATE) + "\"}",
                "{}");
        get("/api/v2/workspaces/" + kept + "/current-state-version?include=outputs");
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private String post(String path, String attributes, String relationships) throws IOException {
        Response answer = ask(Kind.OWNER)
                .body(filled("{\"data\":{\"attributes\":" + attributes + ",\"relationships\":" + relationships + "}}"))
                .post(filled(path));
        assertThat(answer.statusCode()).as("%s: %s", path, answer.asString()).isBetween(200, 201);
        collect(Json.mapper().readTree(answer.asByteArray()));
        return answer.path("data.id");
    }

    /** Everything that can be read, by the one who may read everything. */
    private void read() throws IOException {
        for (Route route : Routes.all(beans)) {
            boolean json = route.method().equals("GET") && route.template().startsWith("/api/v2/");
            if (json && route.needs().isPresent() && scene.names(route)) {
                get(scene.address(route));
            }
        }
        get("/api/v2/runs/{run}?include=created_by,task_stages,run_events,confirmed_by");
        get("/api/v2/workspaces/{workspace}?include=current_configuration_version,readme,outputs");
        get("/api/v2/task-stages/{stage}?include=task_results,policy_evaluations");
    }

    private void get(String path) throws IOException {
        for (Kind kind : List.of(Kind.OWNER, Kind.SITE_ADMINISTRATOR)) {
            Response answer = ask(kind).get(filled(path));
            String type = String.valueOf(answer.contentType());
            if (answer.statusCode() == 200 && type.contains("json")) {
                collect(Json.mapper().readTree(answer.asByteArray()));
            }
        }
    }

    private void collect(JsonNode document) {
        for (String member : List.of("data", "included")) {
            JsonNode resources = document.path(member);
            if (resources.isArray()) {
                resources.forEach(this::note);
            } else {
                note(resources);
            }
        }
    }

    private void note(JsonNode resource) {
        Set<String> names = emitted.computeIfAbsent(resource.path("type").asText(), type -> new TreeSet<>());
        resource.path("attributes").fieldNames().forEachRemaining(names::add);
        resource.path("relationships").fieldNames().forEachRemaining(names::add);
    }

    private RequestSpecification ask(Kind kind) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .header("Authorization", "Bearer " + scene.token(kind).orElseThrow())
                .contentType("application/vnd.api+json");
    }

    private String filled(String path) {
        String filled = path.replace("task-stages/{stage}", scene.names().getOrDefault("task-stages/{id}", ""));
        for (Map.Entry<String, String> name : scene.names().entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        return filled;
    }
}
