// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.RefusedExchange;
import dev.mortise.kernel.port.Tracing;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Records what became of calls: in meters, in lines of the log, in traces. */
final class Recorder {
    private final Neighbours neighbours;
    private final RouteMeter strays;
    private final CallLog log;
    private final RepeatedWarnings warnings;

    Recorder(Neighbours neighbours, CallLog log, RepeatedWarnings warnings) {
        this.warnings = warnings;
        this.neighbours = neighbours;
        this.strays = RouteMeter.ofStrays(new OwnerMeters(neighbours, OwnerMeters.NOTHING, Map.of()));
        this.log = log;
    }

    /**
     * A call of a plugin.
     *
     * @param plugin the plugin that calls
     * @param target what it asks for; a query is cut off
     */
    record PluginCall(String plugin, CallContext context, String service, String method, String target) {}

    /** Answers what measures the calls of clients that lead to no plugin and to nothing of the core. */
    RouteMeter strays() {
        return strays;
    }

    /** Begins a span, where traces are wanted. */
    Tracing.@Nullable Span begin(Tracing.Kind kind, Optional<String> traceparent) {
        Tracing tracing = neighbours.tracing();
        return tracing == null ? null : tracing.begin(kind, traceparent);
    }

    /**
     * Records the end of a call of a client.
     *
     * @param status what the client was told; an answer whose writing failed in its midst counts as a fault all the same
     */
    void answered(Passage passage, int status, long nanos, @Nullable Refusal refusal, Delivery delivery) {
        RouteMeter meter = passage.meter();
        boolean failed = delivery instanceof Delivery.BrokenOff brokenOff && !brokenOff.byClient();
        int came = failed ? ErrorCode.INTERNAL.status() : status;
        meter.record(came, nanos);
        Tracing.Span span = passage.span();
        if (span != null) {
            Spans.end(span, passage, came);
        }
        if (refusal != null && counts(refusal)) {
            meter.owner().refused(refusal.code());
            log.refused(() -> line(passage, status).with("code", refusal.code().name()));
        }
        if (log.writesAll()) {
            log.write(line(passage, status)
                    .with("route", meter.route())
                    .with("micros", TimeUnit.NANOSECONDS.toMicros(nanos))
                    .with("brokenOff", brokenOff(delivery)));
        }
    }

    private static Optional<String> brokenOff(Delivery delivery) {
        return delivery instanceof Delivery.BrokenOff brokenOff
                ? Optional.of(brokenOff.byClient() ? "client" : "fault")
                : Optional.empty();
    }

    /** Says that a call of a client is answered in the place of its handler. */
    void late(Passage passage, long nanos) {
        HttpExchange exchange = passage.exchange();
        warnings.warn(
                passage.meter().owner().plugin(),
                "were late",
                "%s %s is late after %d ms, request %s"
                        .formatted(
                                exchange.method(),
                                exchange.rawPath(),
                                TimeUnit.NANOSECONDS.toMillis(nanos),
                                passage.requestId()));
    }

    /** Records that a plugin's call is refused, by a plugin if one is known. */
    void refused(PluginCall call, @Nullable PluginMount provider, Refusal refusal) {
        if (counts(refusal)) {
            OwnerMeters meters =
                    provider == null ? strays.owner() : provider.owner().meters();
            meters.refused(refusal.code());
            log.refused(() -> line(call, meters.plugin())
                    .with("status", refusal.code().status())
                    .with("code", refusal.code().name()));
        }
    }

    /** Records what never became a call. */
    void refused(RefusedExchange refused) {
        if (refused.code() != ErrorCode.INTERNAL) {
            strays.owner().refused(refused.code());
            log.refused(() -> line(refused).with("code", refused.code().name()));
        }
        if (log.writesAll()) {
            log.write(line(refused));
        }
    }

    /** A fault is no refusal: it stands in the log with its trace, and in the count of calls by its status. */
    private static boolean counts(Refusal refusal) {
        return refusal.code().status() != ErrorCode.INTERNAL.status();
    }

    private CallLine line(Passage passage, int status) {
        return log.line()
                .with("requestId", passage.requestId())
                .asked(passage.exchange().method(), passage.exchange().rawPath())
                .with("status", status)
                .with("plugin", passage.meter().owner().plugin())
                .with("tenant", passage.caller().tenant())
                .caller(passage.caller().identity())
                .with("client", passage.exchange().clientAddress());
    }

    private CallLine line(RefusedExchange refused) {
        CallLine line = log.line().with("requestId", refused.requestId());
        refused.asked().ifPresent(asked -> line.asked(asked.method(), asked.rawPath()));
        return line.with("status", refused.status())
                .with("plugin", strays.owner().plugin())
                .with("client", refused.clientAddress());
    }

    private CallLine line(PluginCall call, String provider) {
        int query = call.target.indexOf('?');
        return log.line()
                .with("requestId", call.context.requestId())
                .asked(call.method, query < 0 ? call.target : call.target.substring(0, query))
                .with("plugin", provider)
                .with("service", call.service)
                .with("tenant", call.context.tenant())
                .caller(call.context.identity())
                .with("callingPlugin", call.plugin);
    }
}
