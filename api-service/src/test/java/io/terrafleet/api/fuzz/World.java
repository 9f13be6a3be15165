package io.terrafleet.api.fuzz;

import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One tenant's things, by the kind of resource; and how they stand for the parameters of an address. */
final class World {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    /** Well-formed, and of nothing. */
    private static final String NOBODY = "CZcmD7eagjhyX0vN";

    private static final byte[] STATE =
            """
            {"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"one","outputs":{"a":{"value":"x","type":"string"}},"resources":[]}"""
                    .getBytes(StandardCharsets.UTF_8);
    private static final String LINE = "PRIVATE KEY-----";
    private static final String KEY = "-----BEGIN " + LINE + "\\nbm90LWEta2V5\\n-----END " + LINE;

    private final Map<String, String> ids = new LinkedHashMap<>();

    private World() {}

    static World of(Tenant tenant, RunTaker runs, Tenant.Company company) {
        World world = new World();
        Workspace workspace = tenant.workspace(company);
        world.put("task", company, "tasks", "{\"name\":\"scan\",\"url\":\"https://example.com/\",\"enabled\":false}");
        world.put("team", company, "teams", "{\"name\":\"builders\"}");
        world.put("varset", company, "varsets", "{\"name\":\"shared\",\"global\":false}");
        world.put("agent_pool", company, "agent-pools", "{\"name\":\"outside\"}");
        world.put("ssh_key", company, "ssh-keys", "{\"name\":\"deploy\",\"value\":\"" + KEY + "\"}");
        world.runOf(workspace, company, runs);
        world.ids.put("organization", company.name());
        world.ids.put("workspace", workspace.id().value());
        world.ids.put("workspace_name", workspace.name());
        world.ids.put("project", workspace.projectId());
        world.ids.put("user", company.owner().principal().id());
        String all = "/api/v2/organizations/" + company.name();
        world.ids.put("policy_set", first(company, all + "/policy-sets"));
        world.ids.put("policy", first(company, all + "/policies"));
        world.ids.put("membership", first(company, all + "/organization-memberships"));
        world.ids.put(
                "configuration_version",
                made(
                        company,
                        "/api/v2/workspaces/" + workspace.id() + "/configuration-versions",
                        "{\"data\":{\"attributes\":{\"auto-queue-runs\":false}}}"));
        world.ids.put(
                "variable",
                made(
                        company,
                        "/api/v2/workspaces/" + workspace.id() + "/vars",
                        "{\"data\":{\"attributes\":{\"key\":\"marker_" + NOBODY
                                + "\",\"value\":\"v\",\"category\":\"env\"}}}"));
        world.ids.put(
                "module",
                made(
                        company,
                        all + "/registry-modules",
                        "{\"data\":{\"attributes\":{\"name\":\"net\",\"provider\":\"aws\",\"registry-name\":\"private\"}}}"));
        world.ids.put(
                "provider",
                made(
                        company,
                        all + "/registry-providers",
                        "{\"data\":{\"attributes\":{\"name\":\"fake\",\"namespace\":\"" + company.name()
                                + "\",\"registry-name\":\"private\"}}}"));
        world.ids.put(
                "oauth_client",
                made(
                        company,
                        all + "/oauth-clients",
                        "{\"data\":{\"attributes\":{\"service-provider\":\"github\",\"http-url\":\"https://github.com\",\"api-url\":\"https://api.github.com\"}}}"));
        return world;
    }

    private void put(String kind, Tenant.Company company, String path, String attributes) {
        ids.put(
                kind,
                made(
                        company,
                        "/api/v2/organizations/" + company.name() + "/" + path,
                        "{\"data\":{\"attributes\":" + attributes + "}}"));
    }

    /** A run that waits for a runner, and what is named after it. */
    private void runOf(Workspace workspace, Tenant.Company company, RunTaker runs) {
        ids.put("state_version", stateOf(workspace, company)); // before the run has the lock
        runs.configure(company, workspace);
        String run = runs.queued(company, workspace).value();
        String tail = run.substring("run-".length());
        ids.put("run", run);
        Map.of(
                        "plan", "plan-",
                        "applies", "apply-",
                        "cost_estimate", "ce-",
                        "task_stage", "ts-",
                        "policy_check", "polchk-",
                        "policy_evaluation", "poleval-")
                .forEach((kind, prefix) -> ids.put(kind, prefix + tail));
    }

    private static String stateOf(Workspace workspace, Tenant.Company company) {
        String path = "/api/v2/workspaces/" + workspace.id();
        act(company, path + "/actions/lock");
        String state = made(
                company,
                path + "/state-versions",
                "{\"data\":{\"attributes\":{\"serial\":1,\"lineage\":\"one\",\"md5\":\"" + md5(STATE)
                        + "\",\"state\":\"" + Base64.getEncoder().encodeToString(STATE) + "\"}}}");
        act(company, path + "/actions/unlock");
        return state;
    }

    private static void act(Tenant.Company company, String path) {
        company.owner().asks().body("{}").post(path).then().statusCode(200);
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Things of nobody, in the form of this tenant's. */
    World nobody() {
        World other = new World();
        ids.forEach((kind, id) -> {
            int dash = id.indexOf('-');
            boolean named = kind.equals("workspace_name") || dash < 0;
            other.ids.put(kind, named ? "nobody-" + NOBODY : id.substring(0, dash + 1) + NOBODY);
        });
        other.ids.put("organization", "nobody-" + NOBODY);
        other.ids.put("user", ids.getOrDefault("user", "")); // who is known may see who a user is
        return other;
    }

    Map<String, String> ids() {
        return ids;
    }

    private static String first(Tenant.Company company, String path) {
        return company.owner().asks().get(path).then().statusCode(200).extract().path("data[0].id");
    }

    private static String made(Tenant.Company company, String path, String body) {
        return company.owner()
                .asks()
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** The id for a resource type such as {@code policy-sets}. */
    String id(String type) {
        return named(type.replace('-', '_').toLowerCase(Locale.ROOT));
    }

    String address(Operation operation) {
        Matcher parameters = PARAMETER.matcher(operation.path());
        StringBuilder address = new StringBuilder();
        while (parameters.find()) {
            String name = parameters.group(1);
            boolean bare = name.equals("id") || name.equals("external_id");
            String before = before(operation.path(), parameters.start());
            String id = bare ? named(before) : find(name).orElseGet(() -> named(before));
            parameters.appendReplacement(address, Matcher.quoteReplacement(id));
        }
        parameters.appendTail(address);
        String path = address.toString();
        return path.startsWith("/api/") || path.startsWith("/.well-known/") ? path : "/api/v2" + path;
    }

    /** The segment in front, which says what an {@code id} is of. */
    private static String before(String path, int start) {
        String[] segments = path.substring(0, start).split("/", -1);
        return segments.length >= 2 ? segments[segments.length - 2] : "";
    }

    private String named(String hint) {
        return find(hint).orElse("run-" + NOBODY);
    }

    private Optional<String> find(String text) {
        String hint = text.replace('-', '_');
        if (hint.contains("workspace") && hint.contains("name")) {
            return Optional.ofNullable(ids.get("workspace_name"));
        }
        return ids.entrySet().stream()
                .filter(entry -> hint.contains(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }
}
