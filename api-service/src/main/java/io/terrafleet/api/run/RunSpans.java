package io.terrafleet.api.run;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.messaging.trace.Span;
import io.terrafleet.messaging.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's states as spans of its trace, each told when it is left; what the judges did is told by themselves. */
@ApplicationScoped
class RunSpans {
    private final Tracer tracer;

    RunSpans(@Identifier("api") Messaging messaging) {
        this.tracer = messaging.tracer();
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged change) {
        if (tracer.isOn()) {
            tell(change);
        }
    }

    private void tell(RunChanged change) {
        Run run = change.now();
        RunState from = change.from();
        boolean failed = change.to() instanceof RunState.Errored;
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("terrafleet.workspace", run.workspace().value());
        attributes.put("terrafleet.status", run.status());
        attributes.put("terrafleet.version", run.exactVersion().orElse(run.terraformVersion()));
        run.agentPoolId().ifPresent(pool -> attributes.put("terrafleet.pool", pool));
        String was = RunView.status(from);
        Span state = Span.inside(was, from.since(), change.to().since(), failed, attributes);
        tracer.tell(run.id().value(), state, was + " " + from.since());
        if (change.to().isFinished()) {
            Span all = Span.inside("run", run.createdAt(), change.to().since(), failed, attributes);
            tracer.tellAll(run.id().value(), all);
        }
    }
}
