package io.terrafleet.api.vcs;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** A real git host over HTTP with one repository, {@value #NAME}, that wants a token; and somebody who pushes to it. */
public final class GitHost implements AutoCloseable {
    public static final String NAME = "acme/policies";
    public static final String TOKEN = "git-token-of-the-tests";

    private final Server server;
    private final Repository repository;
    private final Map<String, Repository> modules = new ConcurrentHashMap<>();
    private final Path work;
    private final Git git;

    /** @param directory an empty one */
    public GitHost(Path directory) throws Exception {
        repository = new FileRepositoryBuilder()
                .setGitDir(directory.resolve("host.git").toFile())
                .setBare()
                .build();
        repository.create(true);
        repository.updateRef("HEAD").link("refs/heads/main");
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(new FilterHolder(guard()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(servlet()), "/*");
        server.setHandler(context);
        server.start();
        work = directory.resolve("work");
        git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call();
    }

    private GitServlet servlet() {
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver((request, name) -> {
            Repository wanted = name.equals(NAME + ".git") ? repository : modules.get(name);
            if (wanted == null) {
                throw new RepositoryNotFoundException(name);
            }
            wanted.incrementOpen();
            return wanted;
        });
        servlet.setReceivePackFactory((request, target) -> new ReceivePack(target));
        return servlet;
    }

    private static Filter guard() {
        return (request, response, chain) -> {
            String shown = ((HttpServletRequest) request).getHeader("Authorization");
            String pair = shown == null
                    ? ""
                    : new String(
                            Base64.getDecoder().decode(shown.substring("Basic ".length())), StandardCharsets.UTF_8);
            if (pair.endsWith(":" + TOKEN)) {
                chain.doFilter(request, response);
            } else {
                HttpServletResponse refusal = (HttpServletResponse) response;
                refusal.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
                refusal.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }

    public URI base() {
        return URI.create("http://localhost:" + server.getURI().getPort());
    }

    public URI address() {
        return base().resolve("/" + NAME + ".git");
    }

    /** The directory of the bare repository. */
    Path directory() {
        return repository.getDirectory().toPath();
    }

    /**
     * Commits the files and pushes them to the branch, over HTTP.
     *
     * @return the commit
     */
    public String push(String branch, Map<String, String> files) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = work.resolve(file.getKey());
                Files.createDirectories(java.util.Objects.requireNonNull(path.getParent()));
                Files.writeString(path, file.getValue());
            }
            git.add().addFilepattern(".").call();
            String commit = git.commit()
                    .setMessage("a change")
                    .setAuthor("ada", "ada@example.com")
                    .setCommitter("ada", "ada@example.com")
                    .setSign(false)
                    .call()
                    .name();
            git.push()
                    .setRemote(address().toString())
                    .setRefSpecs(new RefSpec("HEAD:refs/heads/" + branch))
                    .setCredentialsProvider(new UsernamePasswordCredentialsProvider("ada", TOKEN))
                    .call()
                    .forEach(result -> result.getRemoteUpdates().forEach(update -> {
                        if (update.getMessage() != null) {
                            throw new AssertionError(update.toString());
                        }
                    }));
            return commit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A second repository of the host, with one file, as a submodule of the first from the next push on.
     *
     * @param name such as {@code acme/lib}
     * @param url what {@code .gitmodules} says
     * @param inner a submodule of the second repository itself: where it lies, its address and its commit
     * @return the commit of the second repository
     */
    public String submodule(String name, String path, String url, String file, String text, String... inner)
            throws Exception {
        Repository bare = modules.computeIfAbsent(name + ".git", this::module);
        ObjectId commit;
        try (ObjectInserter inserter = bare.newObjectInserter()) {
            DirCacheBuilder files = DirCache.newInCore().builder();
            add(files, file, FileMode.REGULAR_FILE, blob(inserter, text));
            if (inner.length == 3) {
                add(files, ".gitmodules", FileMode.REGULAR_FILE, blob(inserter, section(inner[0], inner[1])));
                add(files, inner[0], FileMode.GITLINK, ObjectId.fromString(inner[2]));
            }
            files.finish();
            CommitBuilder wanted = new CommitBuilder();
            wanted.setTreeId(files.getDirCache().writeTree(inserter));
            wanted.setAuthor(new PersonIdent("ada", "ada@example.com"));
            wanted.setCommitter(new PersonIdent("ada", "ada@example.com"));
            wanted.setMessage("a change");
            ObjectId before = bare.resolve("refs/heads/main");
            if (before != null) {
                wanted.setParentId(before);
            }
            commit = inserter.insert(wanted);
            inserter.flush();
        }
        RefUpdate update = bare.updateRef("refs/heads/main");
        update.setNewObjectId(commit);
        update.forceUpdate();
        link(path, url, commit);
        return commit.name();
    }

    private Repository module(String name) {
        try {
            Repository bare = new FileRepositoryBuilder()
                    .setGitDir(work.resolveSibling(name.replace('/', '-')).toFile())
                    .setBare()
                    .build();
            bare.create(true);
            bare.updateRef("HEAD").link("refs/heads/main");
            return bare;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String path, String url, ObjectId commit) throws IOException {
        Files.writeString(
                work.resolve(".gitmodules"), section(path, url), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        DirCache index = git.getRepository().lockDirCache();
        DirCacheEditor editor = index.editor();
        editor.add(new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.GITLINK);
                entry.setObjectId(commit);
            }
        });
        editor.commit();
    }

    private static String section(String path, String url) {
        return "[submodule \"" + path + "\"]\n\tpath = " + path + "\n\turl = " + url + "\n";
    }

    private static ObjectId blob(ObjectInserter inserter, String text) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(DirCacheBuilder files, String path, FileMode mode, ObjectId id) {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(id);
        files.add(entry);
    }

    /** Tags the last commit, and pushes the tag. */
    public void tag(String name, boolean annotated) {
        try {
            git.tag()
                    .setName(name)
                    .setAnnotated(annotated)
                    .setMessage(annotated ? "a release" : null)
                    .setTagger(annotated ? new PersonIdent("ada", "ada@example.com") : null)
                    .setSigned(false)
                    .call();
            git.push()
                    .setRemote(address().toString())
                    .setRefSpecs(new RefSpec("refs/tags/" + name + ":refs/tags/" + name))
                    .setCredentialsProvider(new UsernamePasswordCredentialsProvider("ada", TOKEN))
                    .call();
        } catch (GitAPIException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        server.stop();
        modules.values().forEach(Repository::close);
        git.close();
        repository.close();
    }
}
