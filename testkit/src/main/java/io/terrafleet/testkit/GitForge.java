package io.terrafleet.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * A git host with an API like GitHub's, to be really pushed to: pushes fire signed webhooks, pull requests follow their branches, statuses and
 * comments are kept for the test to look at. It can lose deliveries, be down, or ask to be left alone.
 */
public final class GitForge implements AutoCloseable {
    public static final String TOKEN = "forge-token-of-the-tests";

    private static final String API = "/api/v3";

    private final Path directory;
    private final Server server;
    private final ForgeHooks hooks = new ForgeHooks();
    private final ForgeApp app = new ForgeApp();
    private final ForgeWeather weather = new ForgeWeather(app);
    private final Map<String, ForgeRepository> repositories = new ConcurrentHashMap<>();
    private final ForgeMoves moves = new ForgeMoves(API);
    private final Map<String, Pull> pulls = new ConcurrentHashMap<>();
    private final Set<String> drafts = ConcurrentHashMap.newKeySet();
    private final Map<String, String> permissions = new ConcurrentHashMap<>();
    private final List<Status> statuses = new CopyOnWriteArrayList<>();
    private final Map<String, Comment> comments = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** What was said of a commit, in the order in which it came. */
    public record Status(String repository, String commit, String context, String state, String description) {}

    /** @param writes how often its text was written */
    public record Comment(String id, String repository, long number, String text, int writes) {}

    /**
     * Where something is told.
     *
     * @param repository empty for all
     * @param events empty for all
     */
    public record Hook(long id, String repository, URI address, String secret, List<String> events) {}

    private record Pull(
            String repository, long number, String title, String from, String branch, String base, String author) {}

    /** @param directory an empty one */
    public GitForge(Path directory) throws Exception {
        this.directory = directory;
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new ForgeApi(this)), API + "/*");
        context.addFilter(new FilterHolder(moves.lead()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(new FilterHolder(weather.guard(API)), "/*", EnumSet.of(DispatcherType.REQUEST));
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
        hooks.tell(address, with);
    }

    /** Whether what happens from now on is told to nobody. */
    public void loseDeliveries(boolean lose) {
        hooks.lose(lose);
    }

    /** The API answers with this status from now on; 0 for what it should. */
    public void answerWith(int status) {
        weather.answerWith(status);
    }

    /** What else may be wrong with it. */
    public ForgeWeather weather() {
        return weather;
    }

    /** Whether the token may not make webhooks from now on. */
    public void forbidHooks(boolean forbid) {
        hooks.forbid(forbid);
    }

    /** Requests that were turned away. */
    public int refused() {
        return weather.refused();
    }

    /** The repository has another name from now on, which is told; who asks by the one before is led there. */
    public void rename(String from, String to) {
        ForgeRepository renamed = Objects.requireNonNull(repositories.remove(from));
        renamed.moveTo(base().resolve("/" + to + ".git"));
        repositories.put(to, renamed);
        moves.add(from, to);
        ObjectNode event = Json.mapper().createObjectNode().put("action", "renamed");
        event.putObject("changes")
                .putObject("repository")
                .putObject("name")
                .put("from", from.substring(from.indexOf('/') + 1));
        event.set("repository", repositoryJson(to));
        event.set("sender", userJson("ada"));
        hooks.deliver(to, "repository", event);
    }

    /** It is there no more; nobody is told. */
    public void remove(String repository) {
        Objects.requireNonNull(repositories.remove(repository)).close();
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
        hooks.deliver(repository, "pull_request", pullEvent("opened", repository, number));
        return number;
    }

    public void closePull(String repository, long number) throws IOException {
        ObjectNode event = pullEvent("closed", repository, number);
        pulls.remove(key(repository, number));
        hooks.deliver(repository, "pull_request", event);
    }

    /** Its author says whether it is ready for review, which is told. */
    public void draft(String repository, long number, boolean draft) throws IOException {
        if (draft) {
            drafts.add(key(repository, number));
        } else {
            drafts.remove(key(repository, number));
        }
        String action = draft ? "converted_to_draft" : "ready_for_review";
        hooks.deliver(repository, "pull_request", pullEvent(action, repository, number));
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

    /** An App that is installed here. */
    public ForgeApp app() {
        return app;
    }

    /** Those that the API has made for the repository. */
    public List<Hook> hooks(String repository) {
        return hooks.of(repository);
    }

    /**
     * Somebody writes a comment on a pull request, which is delivered.
     *
     * @return its id
     */
    public String comment(String repository, long number, String author, String text) {
        Comment comment = write(repository, number, text);
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("action", "created");
        ObjectNode issue = event.putObject("issue").put("number", number);
        issue.putObject("pull_request").put("url", api() + "/repos/" + repository + "/pulls/" + number);
        ObjectNode said = event.putObject("comment").put("id", Long.parseLong(comment.id()));
        said.put("body", text).set("user", userJson(author));
        event.set("repository", repositoryJson(repository));
        event.set("sender", userJson(author));
        hooks.deliver(repository, "issue_comment", event);
        return comment.id();
    }

    ForgeHooks hooks() {
        return hooks;
    }

    Optional<String> permission(String login) {
        return Optional.ofNullable(permissions.get(login));
    }

    /** Of those that are open. */
    List<Long> numbers(String repository) {
        return pulls.values().stream()
                .filter(pull -> pull.repository().equals(repository))
                .map(Pull::number)
                .toList();
    }

    void say(Status status) {
        statuses.add(status);
    }

    Comment write(String repository, long number, String text) {
        String id = Integer.toString(numbers.incrementAndGet());
        Comment comment = new Comment(id, repository, number, text, 1);
        comments.put(id, comment);
        return comment;
    }

    Optional<Comment> rewrite(String id, String text) {
        return Optional.ofNullable(comments.computeIfPresent(
                id, (known, old) -> new Comment(known, old.repository(), old.number(), text, old.writes() + 1)));
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
        hooks.deliver(repository, "push", event);
        if (command.getRefName().startsWith("refs/heads/")) {
            String branch = command.getRefName().substring("refs/heads/".length());
            follow(repository, branch);
            for (Pull pull : pulls.values()) {
                if (pull.from().equals(repository) && pull.branch().equals(branch)) {
                    hooks.deliver(
                            pull.repository(),
                            "pull_request",
                            pullEvent("synchronize", pull.repository(), pull.number()));
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

    /**
     * Sends a delivery as a host would, or somebody who says to be one.
     *
     * @return the status of the answer
     */
    public int send(URI to, String event, String delivery, byte[] body, String with) {
        return hooks.send(to, event, delivery, body, with);
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

    ObjectNode pullJson(String repository, long number) throws IOException {
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
        json.put("html_url", base() + "/" + repository + "/pull/" + number)
                .put("draft", drafts.contains(key(repository, number)));
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
                .put("id", Integer.toUnsignedLong(login.hashCode()))
                .put("avatar_url", base() + "/" + login + ".png")
                .put("html_url", base() + "/" + login);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        repositories.values().forEach(ForgeRepository::close);
        hooks.close();
    }
}
