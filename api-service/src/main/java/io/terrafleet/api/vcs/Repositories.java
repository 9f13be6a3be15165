package io.terrafleet.api.vcs;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.jboss.logging.Logger;

/**
 * The door to git repositories elsewhere. One commit is fetched and nothing of its history, into a directory that is gone afterwards;
 * within a time, a number of bytes and a number of files.
 */
@ApplicationScoped
public class Repositories {
    private static final Logger LOG = Logger.getLogger(Repositories.class);

    /** GitHub, GitLab and Bitbucket take a token as the password of this or of any user. */
    private static final String TOKEN_USER = "x-token-auth";

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final VcsConfig config;
    private final AddressRule rule;
    private final ExecutorService fetches = Executors.newVirtualThreadPerTaskExecutor();

    Repositories(VcsConfig config) {
        this.config = config;
        this.rule = new AddressRule(config.allowPrivateAddresses(), config.allowFiles());
    }

    @PreDestroy
    void close() {
        fetches.shutdownNow();
    }

    /** Bounds of what is taken from a commit, unpacked. */
    public record Bounds(long bytes, int files) {}

    /**
     * The newest commit.
     *
     * @param branch the repository's default branch when empty
     * @return 40 hexadecimal digits
     */
    public String newest(Remote remote, String branch) throws RepositoryRefused {
        return within(remote, budget -> {
            Map<String, Ref> refs = refs(remote, budget);
            Ref ref = refs.get(branch.isEmpty() ? "HEAD" : "refs/heads/" + branch);
            if (ref == null || ref.getObjectId() == null) {
                throw new RepositoryRefused(
                        branch.isEmpty() ? "the repository is empty" : "it has no branch " + branch);
            }
            return ref.getObjectId().name();
        });
    }

    /**
     * The files of a commit.
     *
     * @param wanted a commit (40 hexadecimal digits, where the host gives those), a branch, a whole name such as
     *     {@code refs/tags/v1.0.0}, or empty for the default branch
     * @param path the directory whose files are taken; empty for all
     * @param submodules whether those are taken along, at the commits that it names
     */
    public Snapshot take(Remote remote, String wanted, String path, boolean submodules, Bounds bounds)
            throws RepositoryRefused {
        return explore(remote, commits -> {
            try {
                String taken = commits.fetch(List.of(source(wanted)), 1).getFirst();
                return new Snapshot(taken, commits.below(path, taken, submodules, bounds));
            } catch (MissingObjectException e) {
                throw new RepositoryRefused("it has no " + (wanted.isEmpty() ? "commit" : wanted));
            }
        });
    }

    /** {@link #take(Remote, String, String, boolean, Bounds)} without submodules. */
    public Snapshot take(Remote remote, String wanted, String path, Bounds bounds) throws RepositoryRefused {
        return take(remote, wanted, path, false, bounds);
    }

    /** What is done with commits. */
    public interface Exploring<T> {
        T of(Commits commits) throws IOException, RepositoryRefused;
    }

    /** Lets one look at commits of a repository; what was fetched is gone afterwards. Takes at most {@link VcsConfig#fetchWithin}. */
    public <T> T explore(Remote remote, Exploring<T> exploring) throws RepositoryRefused {
        try (Visit visit = visit(remote)) {
            return visit.explore(exploring);
        }
    }

    /** To look at commits again and again: what was fetched once is there until the visit is over. */
    public Visit visit(Remote remote) {
        return new Visit(this, remote);
    }

    long mostBytes() {
        return config.mostBytes();
    }

    Optional<String> objection(URI address) {
        return rule.objection(address);
    }

    /** Where the branches and tags stand. */
    public Heads heads(Remote remote) throws RepositoryRefused {
        return within(remote, budget -> {
            Map<String, String> branches = new TreeMap<>();
            Map<String, String> tags = new TreeMap<>();
            Map<String, Ref> refs = refs(remote, budget);
            refs.forEach((name, ref) -> {
                ObjectId at = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
                if (at != null && name.startsWith("refs/heads/")) {
                    branches.put(name.substring("refs/heads/".length()), at.name());
                } else if (at != null && name.startsWith("refs/tags/")) {
                    tags.put(name.substring("refs/tags/".length()), at.name());
                }
            });
            Optional<String> standard = Optional.ofNullable(refs.get("HEAD"))
                    .filter(Ref::isSymbolic)
                    .map(head -> head.getTarget().getName().substring("refs/heads/".length()));
            return new Heads(branches, tags, standard);
        });
    }

    private static String source(String wanted) {
        if (wanted.isEmpty()) {
            return "HEAD";
        }
        boolean whole = COMMIT.matcher(wanted).matches() || wanted.startsWith("refs/");
        return whole ? wanted : "refs/heads/" + wanted;
    }

    private Map<String, Ref> refs(Remote remote, Budget budget) throws IOException, GitAPIException, RepositoryRefused {
        Path home = Files.createTempDirectory("terrafleet-vcs");
        Optional<SshdSessionFactory> ssh = Optional.empty();
        try {
            ssh = ssh(remote, home);
            Optional<SshdSessionFactory> sessions = ssh;
            return Git.lsRemoteRepository()
                    .setRemote(remote.address().toString())
                    .setTags(false)
                    .setTimeout(seconds())
                    .setTransportConfigCallback(transport -> prepare(transport, remote, sessions, budget))
                    .callAsMap();
        } finally {
            ssh.ifPresent(SshdSessionFactory::close);
            delete(home);
        }
    }

    private Optional<SshdSessionFactory> ssh(Remote remote, Path home) throws IOException, RepositoryRefused {
        if (!"ssh".equals(remote.address().getScheme())) {
            return Optional.empty();
        }
        rule.require(remote.address().getHost());
        Path knownHosts = config.sshKnownHosts()
                .orElseThrow(() -> new RepositoryRefused(
                        "no host is reached over SSH here (terrafleet.vcs.ssh-known-hosts is not set)"));
        String key = remote.sshKey().orElseThrow(() -> new RepositoryRefused("the connection has no SSH key"));
        return Optional.of(SshConnections.with(key, knownHosts, home));
    }

    void fetch(Repository repository, Remote remote, List<RefSpec> specs, int depth, Watch watch)
            throws IOException, RepositoryRefused {
        Optional<SshdSessionFactory> ssh = ssh(remote, repository.getDirectory().toPath());
        try (Transport transport =
                Transport.open(repository, new URIish(remote.address().toString()))) {
            prepare(transport, remote, ssh, watch.budget());
            transport.setDepth(depth > 0 ? depth : Integer.MAX_VALUE);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.fetch(watch, specs);
        } catch (URISyntaxException e) {
            throw RepositoryRefused.forGood("its address cannot be read");
        } finally {
            ssh.ifPresent(SshdSessionFactory::close);
        }
    }

    private void prepare(Transport transport, Remote remote, Optional<SshdSessionFactory> ssh, Budget budget) {
        transport.setTimeout(seconds());
        if (transport instanceof TransportHttp http) {
            http.setCredentialsProvider(credentials(remote));
            http.setHttpConnectionFactory(new BoundedConnections(rule, budget));
        }
        if (transport instanceof SshTransport shell) {
            shell.setSshSessionFactory(ssh.orElseThrow());
        }
    }

    private int seconds() {
        return (int) Math.max(1, config.fetchWithin().toSeconds());
    }

    private static CredentialsProvider credentials(Remote remote) {
        return new UsernamePasswordCredentialsProvider(
                TOKEN_USER, remote.token().orElse("").toCharArray());
    }

    interface Fetching<T> {
        T run(Budget budget) throws IOException, URISyntaxException, GitAPIException, RepositoryRefused;
    }

    <T> T within(Remote remote, Fetching<T> fetching) throws RepositoryRefused {
        Optional<String> objection = rule.objection(remote.address());
        if (objection.isPresent()) {
            throw new RepositoryRefused(objection.get());
        }
        Budget budget = new Budget(config.mostBytes());
        Callable<T> task = () -> fetching.run(budget);
        Future<T> result = fetches.submit(task);
        try {
            return result.get(config.fetchWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            budget.end();
            result.cancel(true);
            throw new RepositoryRefused(
                    "it was not fetched within " + config.fetchWithin().toSeconds() + " s");
        } catch (InterruptedException e) {
            budget.end();
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new RepositoryRefused("this service is stopping");
        } catch (ExecutionException e) {
            throw refused(remote, Objects.requireNonNullElse(e.getCause(), e), budget);
        }
    }

    static RepositoryRefused refused(Remote remote, Throwable why, Budget budget) {
        if (why instanceof RepositoryRefused refused) {
            return refused;
        }
        LOG.debugf("fetching %s failed: %s", remote, why);
        if (budget.spent()) {
            return new RepositoryRefused("it is larger than may be fetched");
        }
        String message = deepest(why);
        if (why.getCause() instanceof NoRemoteRepositoryException || why instanceof NoRemoteRepositoryException) {
            return new RepositoryRefused("there is no such repository, or the token may not read it");
        }
        if (message.contains("not authorized") || message.contains("not permitted") || message.contains("uthenti")) {
            return new RepositoryRefused("it refuses the token, or wants one");
        }
        boolean told = why instanceof TransportException || why instanceof GitAPIException;
        return new RepositoryRefused(told ? "it cannot be fetched: " + message : "it cannot be read");
    }

    private static String deepest(Throwable why) {
        Throwable deepest = why;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        return message.length() > 300 ? message.substring(0, 300) + "…" : message;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
