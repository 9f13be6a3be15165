package io.terrafleet.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.terrafleet.contracts.RunTrace;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The only class that knows OpenTelemetry: its SDK keeps what is told in a bounded queue and sends it by OTLP over HTTP, in protobuf. */
final class Collector {
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_AT_ONCE = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final ScopedValue<Stretch> TOLD = ScopedValue.newInstance();

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Collector(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("io.terrafleet");
    }

    static Collector at(URI base, Map<String, String> headers, String service) {
        String traces = base.toString().replaceAll("/+$", "") + "/v1/traces";
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(traces)
                .setHeaders(() -> headers)
                .setTimeout(PATIENCE)
                .setConnectTimeout(PATIENCE)
                .setRetryPolicy(null)
                .build();
        BatchSpanProcessor queue = BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(MOST_WAITING)
                .setMaxExportBatchSize(MOST_AT_ONCE)
                .setExporterTimeout(PATIENCE)
                .setScheduleDelay(EVERY)
                .build();
        Attributes who = Attributes.of(
                AttributeKey.stringKey("service.name"),
                service,
                AttributeKey.stringKey("service.namespace"),
                "terrafleet");
        return new Collector(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(who)))
                .setIdGenerator(new Computed())
                .addSpanProcessor(queue)
                .build());
    }

    void tell(Stretch stretch) {
        ScopedValue.where(TOLD, stretch).run(() -> {
            SpanBuilder builder = tracer.spanBuilder(stretch.name())
                    .setSpanKind(stretch.taken() ? SpanKind.CONSUMER : SpanKind.INTERNAL)
                    .setStartTimestamp(stretch.begin())
                    .setAttribute("terrafleet.run", stretch.run().value());
            stretch.attributes().forEach(builder::setAttribute);
            stretch.parent()
                    .ifPresentOrElse(parent -> builder.setParent(elsewhere(stretch, parent)), builder::setNoParent);
            Span span = builder.startSpan();
            stretch.failure().ifPresent(why -> span.setStatus(StatusCode.ERROR, why));
            span.end(stretch.end());
        });
    }

    /** Some process has told or will tell it. */
    private static Context elsewhere(Stretch stretch, String parent) {
        SpanContext there = SpanContext.createFromRemoteParent(
                RunTrace.trace(stretch.run()), parent, TraceFlags.getSampled(), TraceState.getDefault());
        return Context.root().with(Span.wrap(there));
    }

    void close() {
        provider.shutdown().join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Hands out the identifiers of what is being told. */
    private static final class Computed implements IdGenerator {
        @Override
        public String generateSpanId() {
            return TOLD.get().id();
        }

        @Override
        public String generateTraceId() {
            return RunTrace.trace(TOLD.get().run());
        }
    }
}
