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

    /** Answers the fields with the request id and the trace context of the call in the place of its caller's. */
    static Headers in(Headers sent, Call call) {
        if (call.traceparent().isPresent()) {
            return new StampedHeaders(
                    sent,
                    RequestIds.HEADER,
                    call.requestId(),
                    RequestIds.TRACEPARENT,
                    call.traceparent().get());
        }
        Headers others = sent.first(RequestIds.TRACEPARENT).isEmpty() ? sent : withoutTrace(sent);
        return new StampedHeaders(others, RequestIds.HEADER, call.requestId());
    }

    private static Headers withoutTrace(Headers sent) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        sent.forEach((name, values) -> fields.put(name, values));
        fields.keySet().removeIf(name -> name.equalsIgnoreCase(RequestIds.TRACEPARENT));
        return Headers.of(fields);
    }
}
