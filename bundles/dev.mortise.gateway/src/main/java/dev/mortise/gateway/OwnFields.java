// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import dev.mortise.kernel.call.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names that a call has, in the fields of its request: whatever a caller put there is not what its call is known by. */
final class OwnFields {
    private OwnFields() {}

    /**
     * Answers the fields with the trace context of the call, and where its caller wrote a request id, with that of the call
     * in its place.
     */
    static Headers in(Headers sent, Call call) {
        Headers traced = call.traceparent()
                .<Headers>map(own -> new StampedHeaders(sent, RequestIds.TRACEPARENT, own))
                .orElseGet(() -> withoutTrace(sent));
        return sent.first(RequestIds.HEADER).isEmpty()
                ? traced
                : new StampedHeaders(traced, RequestIds.HEADER, call.requestId());
    }

    private static Headers withoutTrace(Headers sent) {
        if (sent.first(RequestIds.TRACEPARENT).isEmpty()) {
            return sent;
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        sent.forEach((name, values) -> fields.put(name, values));
        fields.keySet().removeIf(name -> name.equalsIgnoreCase(RequestIds.TRACEPARENT));
        return Headers.of(fields);
    }
}
