// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.port.HttpExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what would turn an exchange into something else than one request and one answer. */
final class ProtocolRules {
    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    private ProtocolRules() {}

    static @Nullable Refusal refuse(HttpExchange exchange) {
        String method = exchange.method();
        if (method.equals("TRACE") || method.equals("CONNECT")) {
            return Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, method + " is not taken here.")
                    .with("Allow", METHODS);
        }
        return upgrades(exchange.headers())
                ? Refusal.of(ErrorCode.BAD_REQUEST, "This server does not switch protocols. Leave Upgrade out.")
                : null;
    }

    // Many HTTP clients offer h2c with every first request, and must be answered (RFC 9110, section 7.8).
    private static boolean upgrades(Headers headers) {
        if (headers.first("Upgrade").isEmpty()) {
            return false;
        }
        List<String> offers = headers.all("Upgrade");
        return !offers.stream().allMatch("h2c"::equalsIgnoreCase);
    }
}
