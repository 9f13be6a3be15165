package io.terrafleet.standalone.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
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
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A plain git server for the benchmark: repositories that are fetched over HTTP, and commits that are simply there. */
final class BenchGit implements AutoCloseable {
    private static final PersonIdent ADA = new PersonIdent("ada", "ada@example.com");

    private final Path directory;
    private final HttpServer server;
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();

    BenchGit(Path directory) {
        this.directory = directory;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new PlatformUnusable("the benchmark's git server does not start: " + e.getMessage(), e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
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
            Repository repository =
                    new FileRepository(directory.resolve(name.replace('/', '-') + ".git").toFile());
            repository.create(true);
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
            return repository;
        } catch (IOException e) {
            throw new PlatformUnusable("the benchmark cannot make a repository: " + e.getMessage(), e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int cut = path.indexOf(".git/");
            Optional<Repository> found = cut < 0
                    ? Optional.empty()
                    : Optional.ofNullable(repositories.get(path.substring(1, cut)));
            if (found.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            boolean refs = path.endsWith("/info/refs");
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            "application/x-git-upload-pack-" + (refs ? "advertisement" : "result"));
            InputStream asked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(exchange.getRequestBody())
                    : exchange.getRequestBody();
            exchange.sendResponseHeaders(200, 0);
            UploadPack pack = new UploadPack(found.get());
            pack.setBiDirectionalPipe(false);
            pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
            try (OutputStream out = exchange.getResponseBody()) {
                if (refs) {
                    PacketLineOut lines = new PacketLineOut(out);
                    lines.writeString("# service=git-upload-pack\n");
                    lines.end();
                    pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
                } else {
                    pack.upload(asked, out, null);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        repositories.values().forEach(Repository::close);
    }
}
