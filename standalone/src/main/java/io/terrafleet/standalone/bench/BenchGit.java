package io.terrafleet.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * A git host for the benchmark: repositories that are fetched over HTTP, commits that are simply there, and as much of GitHub's API as is asked
 * for a push: statuses are taken, and there are no pull requests.
 */
final class BenchGit implements AutoCloseable {
    private static final String API = "/api/v3";
    private static final String STATUSES = "/statuses/";
    private static final PersonIdent ADA = new PersonIdent("ada", "ada@example.com");

    private final Path directory;
    private final HttpServer server;
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    BenchGit(Path directory) {
        this.directory = directory;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new PlatformUnusable("the benchmark's git server does not start: " + e.getMessage(), e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::git);
        server.createContext(API, this::api);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    URI api() {
        return base().resolve(API);
    }

    /** Commits of which a status of the workspace has come. */
    boolean wasTold(String commit, String context) {
        return told.contains(commit + " " + context);
    }

    /**
     * One more commit of a branch, with one file.
     *
     * @return the commit
     */
    String commit(String name, String branch, String file, String content) {
        try {
            Repository repository = repositories.computeIfAbsent(name, this::make);
            Ref head = repository.exactRef(Constants.R_HEADS + branch);
            ObjectId commit;
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
                TreeFormatter tree = new TreeFormatter();
                tree.append(file, FileMode.REGULAR_FILE, blob);
                CommitBuilder builder = new CommitBuilder();
                builder.setTreeId(inserter.insert(tree));
                builder.setAuthor(ADA);
                builder.setCommitter(ADA);
                builder.setMessage(content);
                if (head != null) {
                    builder.setParentId(head.getObjectId());
                }
                commit = inserter.insert(builder);
                inserter.flush();
            }
            RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
            update.setNewObjectId(commit);
            update.forceUpdate();
            return commit.name();
        } catch (IOException e) {
            throw new PlatformUnusable("the benchmark cannot make a commit: " + e.getMessage(), e);
        }
    }

    private Repository make(String name) {
        try {
            Repository repository = new FileRepositoryBuilder()
                    .setGitDir(
                            directory.resolve(name.replace('/', '-') + ".git").toFile())
                    .setBare()
                    .build();
            repository.create(true);
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
            return repository;
        } catch (IOException e) {
            throw new PlatformUnusable("the benchmark cannot make a repository: " + e.getMessage(), e);
        }
    }

    private void api(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int cut = path.indexOf(STATUSES);
            if (cut >= 0) {
                JsonNode status = Json.mapper().readTree(exchange.getRequestBody());
                told.add(path.substring(cut + STATUSES.length()) + " "
                        + status.path("context").asText());
                send(exchange, 201, "{}");
            } else if (path.endsWith("/pulls")) {
                send(exchange, 200, "[]");
            } else {
                send(exchange, 404, "{}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void git(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int cut = path.indexOf(".git/");
            Optional<Repository> found =
                    cut < 0 ? Optional.empty() : Optional.ofNullable(repositories.get(path.substring(1, cut)));
            if (found.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
            } else if (path.endsWith("/info/refs")) {
                refs(exchange, found.get());
            } else {
                pack(exchange, found.get());
            }
        }
    }

    private static void refs(HttpExchange exchange, Repository repository) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            PacketLineOut lines = new PacketLineOut(out);
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            uploads(repository).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
        }
    }

    private static void pack(HttpExchange exchange, Repository repository) throws IOException {
        InputStream asked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(exchange.getRequestBody())
                : exchange.getRequestBody();
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            uploads(repository).upload(asked, out, null);
        }
    }

    private static UploadPack uploads(Repository repository) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        return pack;
    }

    @Override
    public void close() {
        server.stop(0);
        repositories.values().forEach(Repository::close);
    }
}
