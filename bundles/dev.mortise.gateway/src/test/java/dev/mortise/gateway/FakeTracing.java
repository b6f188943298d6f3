// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.port.Tracing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers spans, and remembers how they ended. */
final class FakeTracing implements Tracing {
    final List<Ended> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger spans = new AtomicInteger();

    record Ended(Kind kind, Optional<String> parent, String own, String name, int status, Map<String, String> tags) {}

    @Override
    public Span begin(Kind kind, Optional<String> traceparent) {
        String own = traceparent(spans.incrementAndGet());
        return new Span() {
            @Override
            public String traceparent() {
                return own;
            }

            @Override
            public void end(String name, int status, Map<String, String> tags) {
                ended.add(new Ended(kind, traceparent, own, name, status, tags));
            }
        };
    }

    /** Answers the trace context of a span. */
    static String traceparent(int span) {
        return "00-4bf92f3577b34da6a3ce929d0e0e4736-%016x-01".formatted(span);
    }
}
