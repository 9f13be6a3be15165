package io.terrafleet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.terrafleet.contracts.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub's REST API answers, as far as the platform asks it. */
final class ForgeApi extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String REPOSITORY = "/repos/([^/]+/[^/]+)";
    private static final Pattern NAME = Pattern.compile(REPOSITORY);
    private static final Pattern PULL = Pattern.compile(REPOSITORY + "/pulls/(\\d+)");
    private static final Pattern PULLS = Pattern.compile(REPOSITORY + "/pulls");
    private static final Pattern PERMISSION = Pattern.compile(REPOSITORY + "/collaborators/([^/]+)/permission");
    private static final Pattern STATUS = Pattern.compile(REPOSITORY + "/statuses/([0-9a-f]{40})");
    private static final Pattern COMMENTS = Pattern.compile(REPOSITORY + "/issues/(\\d+)/comments");
    private static final Pattern COMMENT = Pattern.compile(REPOSITORY + "/issues/comments/(\\d+)");
    private static final Pattern HOOKS = Pattern.compile(REPOSITORY + "/hooks");
    private static final Pattern HOOK = Pattern.compile(REPOSITORY + "/hooks/(\\d+)");

    private static final Pattern APP = Pattern.compile("/app/installations/(\\d+)/access_tokens");

    private final transient GitForge forge;

    ForgeApi(GitForge forge) {
        this.forge = forge;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher app = APP.matcher(request.getPathInfo());
        if (app.matches()) {
            Optional<JsonNode> token = forge.app()
                    .token(
                            app.group(1),
                            Optional.ofNullable(request.getHeader("Authorization"))
                                    .orElse(""));
            response.setStatus(token.isPresent() ? 201 : 401);
            response.setContentType("application/json");
            response.getOutputStream().write(Json.write(token.orElseGet(Json.mapper()::createObjectNode)));
            return;
        }
        int status = forge.weather().answersWith(request);
        if (status != 0) {
            response.setHeader("Retry-After", "1");
            response.sendError(status);
            return;
        }
        JsonNode body = request.getMethod().equals("GET") || request.getMethod().equals("DELETE")
                ? Json.mapper().createObjectNode()
                : Json.mapper().readTree(request.getInputStream());
        Optional<JsonNode> answer = answer(request.getMethod(), request.getPathInfo(), body);
        if (answer.isEmpty()) {
            response.sendError(404);
            return;
        }
        response.setContentType("application/json");
        response.getOutputStream().write(Json.write(answer.get()));
    }

    private Optional<JsonNode> answer(String method, String path, JsonNode body) throws IOException {
        Matcher pull = PULL.matcher(path);
        if (pull.matches()) {
            return Optional.of(forge.pullJson(pull.group(1), Long.parseLong(pull.group(2))))
                    .filter(json -> json.has("state"))
                    .map(JsonNode.class::cast);
        }
        Matcher list = PULLS.matcher(path);
        if (list.matches()) {
            ArrayNode all = Json.mapper().createArrayNode();
            for (long number : forge.numbers(list.group(1))) {
                all.add(forge.pullJson(list.group(1), number));
            }
            return Optional.of(all);
        }
        Matcher name = NAME.matcher(path);
        if (name.matches()) {
            return Optional.of(Json.mapper().createObjectNode().put("full_name", name.group(1)));
        }
        Matcher permission = PERMISSION.matcher(path);
        if (permission.matches()) {
            return forge.permission(permission.group(2))
                    .map(word -> Json.mapper().createObjectNode().put("permission", word));
        }
        Optional<JsonNode> hook = hook(method, path, body);
        return hook.isPresent() ? hook : said(method, path, body);
    }

    private Optional<JsonNode> hook(String method, String path, JsonNode body) {
        Matcher fresh = HOOKS.matcher(path);
        if (fresh.matches() && method.equals("POST")) {
            return forge.hooks().put(fresh.group(1), Optional.empty(), body);
        }
        Matcher known = HOOK.matcher(path);
        if (!known.matches()) {
            return Optional.empty();
        }
        long id = Long.parseLong(known.group(2));
        return method.equals("DELETE")
                ? forge.hooks().remove(id)
                : forge.hooks().put(known.group(1), Optional.of(id), body);
    }

    private Optional<JsonNode> said(String method, String path, JsonNode body) {
        Matcher status = STATUS.matcher(path);
        if (status.matches()) {
            forge.say(new GitForge.Status(
                    status.group(1),
                    status.group(2),
                    body.path("context").asText(),
                    body.path("state").asText(),
                    body.path("description").asText()));
            return Optional.of(body);
        }
        String text = body.path("body").asText();
        Matcher fresh = COMMENTS.matcher(path);
        if (fresh.matches() && method.equals("POST")) {
            return Optional.of(id(forge.write(fresh.group(1), Long.parseLong(fresh.group(2)), text)));
        }
        Matcher known = COMMENT.matcher(path);
        return known.matches() ? forge.rewrite(known.group(2), text).map(ForgeApi::id) : Optional.empty();
    }

    private static JsonNode id(GitForge.Comment comment) {
        return Json.mapper().createObjectNode().put("id", Long.parseLong(comment.id()));
    }
}
