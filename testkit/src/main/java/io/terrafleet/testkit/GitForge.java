package io.terrafleet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;

/**
 * A git host with an API like GitHub's, to be really pushed to: pushes fire signed webhooks, pull requests follow their branches, statuses and
 * comments are kept for the test to look at. It can lose deliveries, be down, or ask to be left alone.
 */
public final class GitForge implements AutoCloseable {
    public static final String TOKEN = "forge-token-of-the-tests";

    private static final String API = "/api/v3";
    private static final Pattern PULL = Pattern.compile("/repos/([^/]+/[^/]+)/pulls/(\\d+)");
    private static final Pattern PULLS = Pattern.compile("/repos/([^/]+/[^/]+)/pulls");
    private static final Pattern PERMISSION = Pattern.compile("/repos/([^/]+/[^/]+)/collaborators/([^/]+)/permission");
    private static final Pattern STATUS = Pattern.compile("/repos/([^/]+/[^/]+)/statuses/([0-9a-f]{40})");
    private static final Pattern COMMENTS = Pattern.compile("/repos/([^/]+/[^/]+)/issues/(\\d+)/comments");
    private static final Pattern COMMENT = Pattern.compile("/repos/([^/]+/[^/]+)/issues/comments/(\\d+)");

    private final Path directory;
    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, ForgeRepository> repositories = new ConcurrentHashMap<>();
    private final Map<String, Pull> pulls = new ConcurrentHashMap<>();
    private final Map<String, String> permissions = new ConcurrentHashMap<>();
    private final List<Status> statuses = new CopyOnWriteArrayList<>();
    private final Map<String, Comment> comments = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile @Nullable URI hook;
    private volatile String secret = "";
    private volatile boolean loses;
    private volatile int answersWith;

    /** What was said of a commit, in the order in which it came. */
    public record Status(String repository, String commit, String context, String state, String description) {}

    /** @param writes how often its text was written */
    public record Comment(String id, String repository, long number, String text, int writes) {}

    private record Pull(
            String repository, long number, String title, String from, String branch, String base, String author) {}

    /** @param directory an empty one */
    public GitForge(Path directory) throws Exception {
        this.directory = directory;
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Api()), API + "/*");
        context.addFilter(new FilterHolder(guard()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(git()), "/*");
        server.setHandler(context);
        server.start();
    }

    public URI base() {
        return URI.create("http://localhost:" + server.getURI().getPort());
    }

    public URI api() {
        return base().resolve(API);
    }

    public ForgeRepository repository(String name) {
        return repositories.computeIfAbsent(
                name, fresh -> new ForgeRepository(fresh, directory.resolve(fresh.replace('/', '-')), base()));
    }

    /** Deliveries go there from now on, signed. */
    public void tell(URI address, String with) {
        secret = with;
        hook = address;
    }

    /** Whether what happens from now on is told to nobody. */
    public void loseDeliveries(boolean lose) {
        loses = lose;
    }

    /** The API answers with this status from now on; 0 for what it should. */
    public void answerWith(int status) {
        answersWith = status;
    }

    /** Requests that were turned away by {@link #answerWith}. */
    public int refused() {
        return refused.get();
    }

    /** @param permission {@code read}, {@code write} or {@code admin} */
    public void permit(String login, String permission) {
        permissions.put(login, permission);
    }

    /**
     * @param from the repository that the branch is in
     * @return its number
     */
    public long open(String repository, String title, String from, String branch, String base, String author)
            throws IOException {
        long number = numbers.incrementAndGet();
        pulls.put(key(repository, number), new Pull(repository, number, title, from, branch, base, author));
        follow(from, branch);
        deliver("pull_request", pullEvent("opened", repository, number));
        return number;
    }

    public void closePull(String repository, long number) throws IOException {
        ObjectNode event = pullEvent("closed", repository, number);
        pulls.remove(key(repository, number));
        deliver("pull_request", event);
    }

    public List<Status> statuses(String commit) {
        return statuses.stream()
                .filter(status -> status.commit().equals(commit))
                .toList();
    }

    /** The newest word in a context. */
    public Optional<Status> status(String commit, String context) {
        return statuses(commit).stream()
                .filter(status -> status.context().equals(context))
                .reduce((older, newer) -> newer);
    }

    public List<Comment> comments(String repository, long number) {
        return comments.values().stream()
                .filter(comment -> comment.repository().equals(repository) && comment.number() == number)
                .toList();
    }

    private static String key(String repository, long number) {
        return repository + "#" + number;
    }

    private GitServlet git() {
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver((request, name) -> {
            ForgeRepository found = repositories.get(name.replaceAll("\\.git$", ""));
            if (found == null) {
                throw new RepositoryNotFoundException(name);
            }
            found.bare().incrementOpen();
            return found.bare();
        });
        servlet.setReceivePackFactory((request, target) -> {
            ReceivePack pack = new ReceivePack(target);
            pack.setPostReceiveHook(received(request.getRequestURI()));
            return pack;
        });
        return servlet;
    }

    /** A git client shows its token only to who asks for it. */
    private static Filter guard() {
        return (request, response, chain) -> {
            if (authorized((HttpServletRequest) request)) {
                chain.doFilter(request, response);
            } else {
                HttpServletResponse refusal = (HttpServletResponse) response;
                refusal.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
                refusal.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }

    private PostReceiveHook received(String uri) {
        String repository = uri.substring(1, uri.indexOf(".git"));
        return (pack, commands) -> {
            for (ReceiveCommand command : commands) {
                try {
                    pushed(repository, command);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
    }

    private void pushed(String repository, ReceiveCommand command) throws IOException {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("ref", command.getRefName());
        event.put("before", command.getOldId().name());
        event.put("after", command.getNewId().name());
        event.put("pushed_at", System.nanoTime());
        event.set("repository", repositoryJson(repository));
        event.set("sender", userJson("ada"));
        event.putObject("head_commit").put("id", command.getNewId().name()).put("url", base() + "/commit");
        deliver("push", event);
        if (command.getRefName().startsWith("refs/heads/")) {
            String branch = command.getRefName().substring("refs/heads/".length());
            follow(repository, branch);
            for (Pull pull : pulls.values()) {
                if (pull.from().equals(repository) && pull.branch().equals(branch)) {
                    deliver("pull_request", pullEvent("synchronize", pull.repository(), pull.number()));
                }
            }
        }
    }

    /** As hosts do: the head of a pull request, forks included, has a name in the repository that it is for. */
    private void follow(String from, String branch) throws IOException {
        for (Pull pull : pulls.values()) {
            if (pull.from().equals(from) && pull.branch().equals(branch)) {
                repository(pull.repository()).take(repository(from), branch, "refs/pull/" + pull.number() + "/head");
            }
        }
    }

    private void deliver(String event, JsonNode body) {
        URI to = hook;
        if (to == null || loses) {
            return;
        }
        send(to, event, UUID.randomUUID().toString(), Json.write(body), secret);
    }

    /**
     * Sends a delivery as a host would, or somebody who says to be one.
     *
     * @return the status of the answer
     */
    public int send(URI to, String event, String delivery, byte[] body, String with) {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", "sha256=" + hmac(body, with))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String hmac(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode pullEvent(String action, String repository, long number) throws IOException {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("action", action);
        event.put("number", number);
        event.set("pull_request", pullJson(repository, number));
        event.set("repository", repositoryJson(repository));
        event.set("sender", userJson("ada"));
        return event;
    }

    private ObjectNode pullJson(String repository, long number) throws IOException {
        Pull pull = pulls.get(key(repository, number));
        ObjectNode json = Json.mapper().createObjectNode();
        if (pull == null) {
            return json.put("number", number);
        }
        Ref head = repository(pull.repository()).bare().exactRef("refs/pull/" + number + "/head");
        json.put("number", number)
                .put("title", pull.title())
                .put("state", "open")
                .put("body", "why");
        json.put("html_url", base() + "/" + repository + "/pull/" + number).put("draft", false);
        json.set("user", userJson(pull.author()));
        json.putObject("head")
                .put("ref", pull.branch())
                .put(
                        "sha",
                        head == null
                                ? ObjectId.zeroId().name()
                                : head.getObjectId().name())
                .set("repo", repositoryJson(pull.from()));
        json.putObject("base").put("ref", pull.base()).set("repo", repositoryJson(repository));
        return json;
    }

    private static ObjectNode repositoryJson(String name) {
        return Json.mapper().createObjectNode().put("full_name", name).put("default_branch", "main");
    }

    private ObjectNode userJson(String login) {
        return Json.mapper()
                .createObjectNode()
                .put("login", login)
                .put("avatar_url", base() + "/" + login + ".png")
                .put("html_url", base() + "/" + login);
    }

    private static boolean authorized(HttpServletRequest request) {
        String shown = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        String pair = shown.startsWith("Basic ")
                ? new String(Base64.getDecoder().decode(shown.substring("Basic ".length())), StandardCharsets.UTF_8)
                : shown;
        return pair.endsWith(":" + TOKEN) || pair.equals("Bearer " + TOKEN);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        repositories.values().forEach(ForgeRepository::close);
        client.close();
    }

    /** What GitHub's REST API answers, as far as the platform asks it. */
    private final class Api extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            int status = answersWith;
            if (status != 0 || !authorized(request)) {
                refused.incrementAndGet();
                response.setHeader("Retry-After", "1");
                response.sendError(status == 0 ? 401 : status);
                return;
            }
            JsonNode body = request.getMethod().equals("GET")
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(request.getInputStream());
            Optional<JsonNode> answer = answer(request.getMethod() + " " + request.getPathInfo(), body);
            if (answer.isEmpty()) {
                response.sendError(404);
                return;
            }
            response.setContentType("application/json");
            response.getOutputStream().write(Json.write(answer.get()));
        }

        private Optional<JsonNode> answer(String what, JsonNode body) throws IOException {
            String path = what.substring(what.indexOf(' ') + 1);
            Matcher pull = PULL.matcher(path);
            if (pull.matches()) {
                return Optional.of(pullJson(pull.group(1), Long.parseLong(pull.group(2))))
                        .filter(json -> json.has("state"))
                        .map(JsonNode.class::cast);
            }
            Matcher list = PULLS.matcher(path);
            if (list.matches()) {
                return Optional.of(all(list.group(1)));
            }
            Matcher permission = PERMISSION.matcher(path);
            if (permission.matches()) {
                return Optional.ofNullable(permissions.get(permission.group(2)))
                        .map(word -> Json.mapper().createObjectNode().put("permission", word));
            }
            return said(what, path, body);
        }

        private JsonNode all(String repository) throws IOException {
            var list = Json.mapper().createArrayNode();
            for (Pull pull : pulls.values()) {
                if (pull.repository().equals(repository)) {
                    list.add(pullJson(repository, pull.number()));
                }
            }
            return list;
        }

        private Optional<JsonNode> said(String what, String path, JsonNode body) {
            Matcher status = STATUS.matcher(path);
            if (status.matches()) {
                statuses.add(new Status(
                        status.group(1),
                        status.group(2),
                        body.path("context").asText(),
                        body.path("state").asText(),
                        body.path("description").asText()));
                return Optional.of(body);
            }
            Matcher fresh = COMMENTS.matcher(path);
            String text = body.path("body").asText();
            if (fresh.matches() && what.startsWith("POST")) {
                String id = Integer.toString(numbers.incrementAndGet());
                comments.put(id, new Comment(id, fresh.group(1), Long.parseLong(fresh.group(2)), text, 1));
                return Optional.of(Json.mapper().createObjectNode().put("id", Long.parseLong(id)));
            }
            Matcher known = COMMENT.matcher(path);
            return known.matches()
                    ? Optional.ofNullable(comments.computeIfPresent(
                                    known.group(2),
                                    (id, old) ->
                                            new Comment(id, old.repository(), old.number(), text, old.writes() + 1)))
                            .map(comment -> Json.mapper().createObjectNode().put("id", Long.parseLong(comment.id())))
                    : Optional.empty();
        }
    }
}
