// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.port.Tracing;
import java.util.Map;
import java.util.TreeMap;

/** Says of calls in traces what they were; only where traces are wanted. */
final class Spans {
    private static final String ROUTE = "http.route";
    private static final String METHOD = "http.request.method";

    private Spans() {}

    /** Answers the fields with the trace context of the call in the place of whatever came with them. */
    static Headers stamped(Headers headers, CallContext call) {
        return call.traceparent()
                .map(own -> headers.with(RequestIds.TRACEPARENT, own))
                .orElse(headers);
    }

    static void end(Tracing.Span span, Passage passage, int status) {
        RouteMeter meter = passage.meter();
        Map<String, String> tags = tags(meter, passage.requestId());
        passage.caller().tenant().ifPresent(tenant -> tags.put("mortise.tenant", tenant.value()));
        tags.put("mortise.caller.kind", passage.caller().identity().kind().name());
        span.end(meter.method() + " " + meter.route() + " of " + meter.owner().plugin(), status, tags);
    }

    static void end(Tracing.Span span, ServiceCall call, int status) {
        RouteMeter meter = call.route().meter();
        Map<String, String> tags = tags(meter, call.context().requestId());
        call.context().tenant().ifPresent(tenant -> tags.put("mortise.tenant", tenant.value()));
        tags.put("mortise.caller.plugin", call.caller().name());
        span.end(meter.method() + " " + meter.route() + " of " + meter.service(), status, tags);
    }

    private static Map<String, String> tags(RouteMeter meter, String requestId) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(METHOD, meter.method());
        tags.put(ROUTE, meter.route());
        tags.put("mortise.plugin", meter.owner().plugin());
        tags.put("mortise.service", meter.service());
        tags.put("mortise.request_id", requestId);
        return tags;
    }
}
