// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

import dev.mortise.kernel.port.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Traces by OpenTelemetry's SDK, sent in batches to a collector by OTLP over HTTP. */
final class OtlpTracing implements Tracing, AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private OtlpTracing(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("dev.mortise");
    }

    static OtlpTracing of(TracesConfig config) {
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(config.traces_endpoint())
                .setTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .setComponentLoader(new JdkSender())
                .build();
        Attributes names = Attributes.of(AttributeKey.stringKey("service.name"), config.traces_service());
        return new OtlpTracing(SdkTracerProvider.builder()
                // Whoever began the trace decides; here only for those that begin here.
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.traces_percent() / 100.0)))
                .setResource(Resource.getDefault().merge(Resource.create(names)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(config.traces_max_waiting())
                        .setMaxExportBatchSize(Math.min(512, config.traces_max_waiting()))
                        .build())
                .build());
    }

    @Override
    public Span begin(Kind kind, Optional<String> traceparent) {
        Context parent = traceparent.map(TraceContext::read).orElse(Context.root());
        return new FollowedCall(tracer.spanBuilder("call")
                .setParent(parent)
                .setSpanKind(kind == Kind.CLIENT ? SpanKind.SERVER : SpanKind.INTERNAL)
                .startSpan());
    }

    /** Sends what waits. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
