package io.terrafleet.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.telemetry.TraceConfig;
import io.terrafleet.telemetry.Traces;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.JobConfig;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.Jobs;
import io.terrafleet.worker.pod.PodConfig;
import io.terrafleet.worker.pod.PodExecutor;
import io.terrafleet.worker.process.ProcessConfig;
import io.terrafleet.worker.process.ProcessExecutor;
import io.terrafleet.worker.release.Machine;
import io.terrafleet.worker.release.ReleaseConfig;
import io.terrafleet.worker.release.TerraformVersions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The one place of this service that reads the wall clock, and where its parts are put together. */
@ApplicationScoped
public class Wiring {
    private static final long MOST_UNSENT_EVENTS = 100_000;
    /** Most jobs find their runner sooner, and then there is nothing to explain. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    /** A drill may set the clock wrong (docs/soak.md). */
    @Produces
    @Singleton
    @Identifier("worker")
    InstantSource clock() {
        return Clock.offset(
                Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)),
                Duration.parse(System.getProperty("terrafleet.clock.offset", "PT0S")));
    }

    @Produces
    @Singleton
    @Identifier("worker")
    Traces traces(TraceConfig config, @Identifier("worker") InstantSource clock) {
        return Traces.of("run-worker", config.endpoint(), config.headers(), clock);
    }

    void close(@Disposes @Identifier("worker") Traces traces) {
        traces.close();
    }

    @Produces
    @Singleton
    JobReporter reporter(
            @Channel("worker-events-out")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_UNSENT_EVENTS)
                    Emitter<byte[]> events,
            @Identifier("worker") InstantSource clock,
            JobConfig config,
            MeterRegistry metrics) {
        return JobReporter.counted(events, clock, config.workerName().orElseGet(Machine::name), WORTH_TELLING, metrics);
    }

    @Produces
    @Singleton
    TerraformVersions versions(ReleaseConfig config, ProcessConfig process, @Identifier("worker") InstantSource clock)
            throws IOException {
        Path directory = config.directory().orElse(process.data());
        return new TerraformVersions(config, directory, System.getenv("PATH"), Machine.platform(), clock);
    }

    @Produces
    @Singleton
    Executor executor(
            JobConfig config,
            ProcessConfig process,
            PodConfig pod,
            TerraformVersions versions,
            JobReporter reporter,
            MeterRegistry metrics,
            @Identifier("worker") InstantSource clock,
            @ConfigProperty(name = "terrafleet.internal.key") String internalKey)
            throws IOException {
        InternalKey key = new InternalKey(internalKey);
        return switch (config.executor()) {
            case PROCESS ->
                new ProcessExecutor(
                        process,
                        versions,
                        reporter,
                        spec -> key.claimToken(spec.job()),
                        clock,
                        Machine.name(),
                        System.getenv());
            case KUBERNETES ->
                PodExecutor.connect(
                        pod,
                        versions,
                        reporter,
                        spec -> key.claimToken(spec.job()),
                        clock,
                        config.workerName().orElseGet(Machine::name),
                        (verb, resource) -> metrics.counter(
                                        "terrafleet.worker.kubernetes.requests", "verb", verb, "resource", resource)
                                .increment());
        };
    }

    @Produces
    @Singleton
    Jobs jobs(Executor executor, JobReporter reporter, @Identifier("worker") InstantSource clock) {
        return new Jobs(executor, reporter, clock);
    }

    void start(@Observes StartupEvent started, Executor executor) {
        executor.recover();
    }

    /** Comes first, while everything still answers: interrupted runners have something to report, in standalone to this very process. */
    void windDown(@Observes ShutdownDelayInitiatedEvent stopping, Executor executor) {
        executor.windDown();
    }

    void stop(@Observes ShutdownEvent stopping, Executor executor) {
        executor.close();
    }
}
