// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;

/** The field {@code traceparent} (W3C Trace Context, version 00): {@code 00-<trace>-<span>-<flags>}. */
final class TraceContext {
    private TraceContext() {}

    /** Reads a well-formed one; one whose ids are all zero leads nowhere. */
    static Context read(String traceparent) {
        SpanContext sender = SpanContext.createFromRemoteParent(
                traceparent.substring(3, 35),
                traceparent.substring(36, 52),
                TraceFlags.fromHex(traceparent, 53),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(sender));
    }

    static String write(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }
}
