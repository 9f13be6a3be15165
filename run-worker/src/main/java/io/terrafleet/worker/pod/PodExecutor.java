package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.terrafleet.contracts.JobId;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.TerraformVersions;
import io.terrafleet.worker.release.Version;
import io.terrafleet.worker.release.VersionUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs jobs as pods: one Kubernetes Job per phase, its name derived from run and phase, so that asking again, a second worker and a
 * restarted one find what is there. The Jobs are the worker's only memory. Pods go on when the worker is gone, and report by themselves.
 */
public final class PodExecutor implements Executor {
    private static final Logger LOG = Logger.getLogger(PodExecutor.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final KubernetesClient client;
    private final Pools pools;
    private final TerraformVersions versions;
    private final JobReporter reporter;
    private final Function<JobSpec, String> claimTokens;
    private final InstantSource clock;
    private final PodPaths paths;
    private final Duration compareEvery;
    private final Ledger ledger = new Ledger();
    private final Cluster cluster;
    private final Reconciler reconciler;
    private final Map<String, String> selector;
    private final List<Watch> watches = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pods").factory());

    /**
     * @param claimTokens the token with which a job's runner claims it
     * @param paths where things are in a pod
     * @param worker this worker's name
     */
    PodExecutor(
            PodConfig config,
            KubernetesClient client,
            TerraformVersions versions,
            JobReporter reporter,
            Function<JobSpec, String> claimTokens,
            InstantSource clock,
            PodPaths paths,
            String worker)
            throws IOException {
        this.client = client;
        this.pools = new Pools(config);
        this.versions = versions;
        this.reporter = reporter;
        this.claimTokens = claimTokens;
        this.clock = clock;
        this.paths = paths;
        this.compareEvery = config.compareEvery();
        this.selector = Marks.selector(config.installation());
        this.cluster = new Cluster(client, config.apiPatience(), clock);
        this.reconciler = new Reconciler(
                ledger, cluster, new Grievances(client), PodTimes.of(config), reporter, worker, clock, this::later);
        pools.namespaces()
                .forEach(namespace -> watches.add(new Watch(client, namespace, selector, ledger, this::consider)));
    }

    /**
     * Connects to the cluster that this process runs in, or that the environment's kubeconfig names.
     *
     * @param claimTokens the token with which a job's runner claims it
     * @param calls is told verb and resource of each request to the Kubernetes API
     * @throws IllegalArgumentException when a setting is wrong; says which
     */
    public static PodExecutor connect(
            PodConfig config,
            TerraformVersions versions,
            JobReporter reporter,
            Function<JobSpec, String> claimTokens,
            InstantSource clock,
            String worker,
            BiConsumer<String, String> calls)
            throws IOException {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(
                        modest(new ConfigBuilder(Config.autoConfigure(null))).build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("calls", new ApiCalls(calls)))
                .build();
        return new PodExecutor(config, client, versions, reporter, claimTokens, clock, PodPaths.IN_POD, worker);
    }

    /**
     * Short patience with one request: whoever asks repeats it, and says so. Not HTTP/2: all requests would share one connection, and when
     * that falls silent they would all wait with it.
     */
    static ConfigBuilder modest(ConfigBuilder config) {
        return config.withConnectionTimeout(5_000)
                .withRequestTimeout(15_000)
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(500);
    }

    @Override
    public Launch launch(JobSpec spec) {
        PodSettings settings = pools.of(spec);
        Ledger.Key key = new Ledger.Key(settings.namespace(), PodNames.of(spec.job()));
        if (ledger.find(key).isPresent()) {
            later(() -> reconciler.askedAgain(key));
            return Launch.ALREADY_THERE;
        }
        try {
            requireImage(spec);
            Version version =
                    versions.choose(spec.engine(), spec.version(), progress -> reporter.waiting(spec.job(), progress));
            return launch(spec, new PodManifest(spec, version, settings, paths));
        } catch (VersionUnavailable e) {
            reporter.lost(spec.job(), "version-unavailable", String.valueOf(e.getMessage()), true, () -> {});
        } catch (Refused e) {
            reporter.lost(spec.job(), "refused", String.valueOf(e.getMessage()), e.permanent(), () -> {});
        } catch (KubernetesClientException e) {
            throw new LaunchFailed("the Kubernetes API does not answer: " + e.getMessage(), e);
        }
        return Launch.LAUNCHED;
    }

    /** A pod takes its binary from an image, so a build of an administrator's own must have become one. */
    private static void requireImage(JobSpec spec) throws VersionUnavailable {
        if (spec.builds().isPresent()) {
            throw new VersionUnavailable(spec.engine() + " " + spec.version()
                    + " is a build of the administrators' own, and pods take their binary from an image: make an image of"
                    + " that version and list the version without url, or run the workspace with an agent pool");
        }
    }

    private Launch launch(JobSpec spec, PodManifest manifest) throws Refused {
        boolean made = cluster.make(manifest.secret(claimTokens.apply(spec), clock.instant()), manifest.job());
        if (!made) {
            return Launch.ALREADY_THERE;
        }
        reporter.launched(spec.job(), manifest.place());
        return Launch.LAUNCHED;
    }

    @Override
    public void kill(JobId job, String reason) {
        String name = PodNames.of(job);
        Optional<Ledger.Key> known = ledger.findByName(name);
        boolean there = known.isPresent() && cluster.kill(known.get().namespace(), name, reason);
        if (!there) {
            there = pools.namespaces().stream().anyMatch(namespace -> cluster.kill(namespace, name, reason));
        }
        if (!there) {
            reporter.lost(job, "killed", "the cluster has no such job", true, () -> {});
        }
    }

    @Override
    public void recover() {
        watches.forEach(Watch::start);
        repeat("look", LOOK_EVERY, reconciler::considerAll);
        repeat("compare", compareEvery, () -> watches.forEach(Watch::compare));
        repeat("sweep", SWEEP_EVERY, () -> pools.namespaces()
                .forEach(namespace -> cluster.sweep(namespace, selector, clock.instant())));
    }

    private void repeat(String what, Duration every, Runnable task) {
        var _ = thread.scheduleWithFixedDelay(
                () -> guarded(what, task), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The next time comes even after a failure. */
    private static void guarded(String what, Runnable task) {
        try {
            task.run();
        } catch (KubernetesClientException e) {
            LOG.warnf("%s: tried again later: %s", what, e.getMessage());
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.debugf(e, "%s: the worker is ending", what);
            } else {
                LOG.errorf(e, "%s: tried again later", what);
            }
        }
    }

    private void consider(Ledger.Key job) {
        later(() -> reconciler.consider(job));
    }

    private void later(Runnable task) {
        try {
            thread.execute(() -> guarded("look", task));
        } catch (RejectedExecutionException e) {
            LOG.debug("the worker is ending; the next one looks at it", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        watches.forEach(Watch::close);
        client.close();
    }
}
