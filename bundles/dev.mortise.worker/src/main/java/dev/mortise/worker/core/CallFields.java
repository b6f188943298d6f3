// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields by which the core knows what a request of the plugin is part of. */
final class CallFields {
    private CallFields() {}

    static Headers of(Headers own, CallContext context, TenantId tenant) {
        Map<String, List<String>> fields = new HashMap<>();
        own.forEach((name, values) -> fields.put(name, values));
        put(fields, "X-Tenant-Id", tenant.value());
        put(fields, "X-Request-Id", context.requestId());
        put(fields, "X-Mortise-Hop", Integer.toString(context.hop()));
        put(fields, "X-Mortise-Deadline-Ms", Long.toString(context.remaining().toMillis()));
        context.traceparent().ifPresent(trace -> put(fields, "traceparent", trace));
        if (context instanceof HopCall hop) {
            hop.pass().ifPresent(pass -> put(fields, "X-Mortise-Behalf", pass));
        }
        return Headers.of(fields);
    }

    private static void put(Map<String, List<String>> fields, String name, String value) {
        fields.keySet().removeIf(name::equalsIgnoreCase);
        fields.put(name, List.of(value));
    }
}
