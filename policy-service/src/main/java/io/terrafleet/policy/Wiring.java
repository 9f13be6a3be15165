package io.terrafleet.policy;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.policy.artifact.Artifacts;
import io.terrafleet.policy.engine.OpaServers;
import io.terrafleet.policy.library.Library;
import io.terrafleet.policy.policyset.PolicySets;
import io.terrafleet.policy.verdict.Judge;
import io.terrafleet.policy.verdict.OpenQuestionStore;
import io.terrafleet.policy.verdict.Trials;
import io.terrafleet.policy.verdict.VerdictStore;
import io.terrafleet.policy.verdict.Verdicts;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.telemetry.TraceConfig;
import io.terrafleet.telemetry.Traces;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one place of this service that reads the wall clock or makes randomness. Instants are cut to milliseconds. */
@ApplicationScoped
public class Wiring {
    /** One policy may build values of at most this part of the heap; the largest plans need some percent of that. */
    private static final int SHARE_OF_HEAP = 4;

    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));

    @Produces
    @Singleton
    @Identifier("policy")
    Messaging messaging(
            @DataSource("policy") AgroalDataSource dataSource,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @Identifier("policy") Traces traces) {
        return new Messaging("policy", dataSource, kafka, CLOCK, UUID::randomUUID, traces);
    }

    @Produces
    @Singleton
    @Identifier("policy")
    Traces traces(TraceConfig config) {
        return Traces.of("policy-service", config.endpoint(), config.headers(), CLOCK);
    }

    void close(@Disposes @Identifier("policy") Traces traces) {
        traces.close();
    }

    @Produces
    @Singleton
    @Identifier("policy")
    Artifacts artifacts(PolicyConfig config, @ConfigProperty(name = "terrafleet.internal.key") String key) {
        return new Artifacts(config.apiUrl(), new InternalKey(key), CLOCK, config.downloadPatience());
    }

    void close(@Disposes @Identifier("policy") Artifacts artifacts) {
        artifacts.close();
    }

    @Produces
    @Singleton
    @Identifier("policy")
    OpaServers servers(PolicyConfig config) {
        return new OpaServers(config.engineAnswersWithin(), config.allowPrivateAddresses());
    }

    void close(@Disposes @Identifier("policy") OpaServers servers) {
        servers.close();
    }

    @Produces
    @Singleton
    @Identifier("policy")
    Judge judge(
            PolicyConfig config, @Identifier("policy") Artifacts artifacts, @Identifier("policy") OpaServers servers) {
        PolicyConfig.Evaluation evaluation = config.evaluation();
        long heap = Runtime.getRuntime().maxMemory();
        Limits limits = new Limits(evaluation.steps(), evaluation.depth(), evaluation.time())
                .withMemory(Math.min(Limits.USUAL_MEMORY, heap / SHARE_OF_HEAP));
        PolicySets sets = new PolicySets(artifacts, new Library(), config.compiledSetsKept());
        return new Judge(
                artifacts, sets, servers, limits, Math.min(config.mostPlanBytes(), PlanDocument.mostFor(heap)));
    }

    @Produces
    @Singleton
    @Identifier("policy")
    Trials trials(@Identifier("policy") Judge judge, @Identifier("policy") Messaging messaging) {
        return new Trials(judge, messaging, CLOCK);
    }

    @Produces
    @Singleton
    @Identifier("policy")
    Verdicts verdicts(
            PolicyConfig config,
            @Identifier("policy") Judge judge,
            @Identifier("policy") Messaging messaging,
            @DataSource("policy") AgroalDataSource dataSource,
            MeterRegistry metrics) {
        return new Verdicts(
                judge,
                new VerdictStore(dataSource),
                new OpenQuestionStore(dataSource),
                config.costPatience(),
                messaging,
                CLOCK,
                metrics);
    }

    void start(
            @Observes @Priority(10_000) StartupEvent started,
            @Identifier("policy") Messaging messaging,
            MeterRegistry meters) {
        messaging.start();
        messaging.show(meters);
    }

    void stop(@Observes ShutdownEvent stopping, Scheduler scheduler, @Identifier("policy") Messaging messaging) {
        // Else it goes on for seconds, without a database.
        scheduler.pause();
        messaging.close();
    }
}
