// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages of browsers may ask: a page whose name was bound to this machine's address asks with its own origin
 * (specification of 2025-11-25, transports, security warning).
 */
record Origins(Set<String> allowed) {
    private static final Pattern LOCAL = Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

    static Origins of(String list) {
        return new Origins(Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Refuses a page of somewhere else. */
    void check(Request request) {
        for (String origin : request.headers().all("Origin")) {
            if (!allowed.contains(origin) && !LOCAL.matcher(origin).matches()) {
                throw new MortiseException(
                        ErrorCode.PERMISSION_DENIED,
                        "Pages of '%s' may not ask for tools. An operator allows them by 'origins' in etc/mcp.properties."
                                .formatted(origin));
            }
        }
    }
}
