package io.terrafleet.worker.job;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.contracts.event.Fact;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.FactCodec.UnreadableFact;
import io.terrafleet.contracts.event.RunRequest;
import io.terrafleet.contracts.event.RunRequest.PhaseKillRequested;
import io.terrafleet.contracts.event.RunRequest.PhaseRequested;
import io.terrafleet.telemetry.LogKeys;
import io.terrafleet.telemetry.Stretch;
import io.terrafleet.telemetry.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Translates run requests. A record that cannot be read fails here and goes to the channel's dead letter topic. */
@ApplicationScoped
public class JobListener {
    private static final Logger LOG = Logger.getLogger(JobListener.class);

    private final Jobs jobs;
    private final Traces traces;

    public JobListener(Jobs jobs, @Identifier("worker") Traces traces) {
        this.jobs = jobs;
        this.traces = traces;
    }

    @Incoming("worker-run-requests")
    @Blocking
    public void on(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader("ce_type");
        if (type == null || type.value() == null || record.value() == null) {
            throw new UnreadableFact("a record of " + record.topic() + " needs the header ce_type and a value");
        }
        Optional<Fact> fact = FactCodec.read(new String(type.value(), StandardCharsets.UTF_8), record.value());
        if (fact.isEmpty()) {
            LOG.debugf("topic %s, offset %d: skipped an event of unknown type", record.topic(), record.offset());
            return;
        }
        if (!(fact.get() instanceof RunRequest request)) {
            throw new UnreadableFact("this fact does not belong on " + record.topic());
        }
        Instant begin = traces.clock().instant();
        try (LogKeys _ = LogKeys.of(request)) {
            switch (request) {
                case PhaseRequested phase -> jobs.ensure(JobSpec.of(phase));
                case PhaseKillRequested kill -> jobs.kill(kill.job(), kill.reason());
            }
        }
        if (traces.isOn()) {
            traces.tell(stretch(request, record, begin));
        }
    }

    /** What the worker does before the job is in safe hands; on Kubernetes that is the making of its objects. */
    private Stretch stretch(RunRequest request, ConsumerRecord<String, byte[]> record, Instant begin) {
        String name =
                switch (request) {
                    case PhaseRequested phase -> "launch " + phase.job().phase().word();
                    case PhaseKillRequested kill -> "kill " + kill.job().phase().word();
                };
        String parent =
                switch (request) {
                    case PhaseRequested phase -> RunTrace.queued(phase.job());
                    case PhaseKillRequested kill -> RunTrace.phase(kill.job());
                };
        return new Stretch(
                request.run(),
                RunTrace.span(request.run(), record.topic() + " " + record.partition() + " " + record.offset()),
                Optional.of(parent),
                name,
                true,
                begin,
                traces.clock().instant(),
                Optional.empty(),
                Map.of("messaging.system", "kafka", "messaging.destination.name", record.topic()));
    }
}
