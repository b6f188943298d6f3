// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

import dev.mortise.kernel.port.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;

/** A call as a span of OpenTelemetry. */
record FollowedCall(Span span) implements Tracing.Span {
    private static final int FAULT = 500;

    @Override
    public String traceparent() {
        return TraceContext.write(span.getSpanContext());
    }

    @Override
    public void end(String name, int status, Map<String, String> tags) {
        span.updateName(name);
        span.setAttribute("http.response.status_code", status);
        tags.forEach(span::setAttribute);
        if (status >= FAULT) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
