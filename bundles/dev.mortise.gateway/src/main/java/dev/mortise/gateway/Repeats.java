// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.Set;

/** Says of methods whether a request may be sent twice, or changes something (RFC 9110, sections 9.2.2 and 9.2.1). */
final class Repeats {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private Repeats() {}

    static boolean safely(String method) {
        return IDEMPOTENT.contains(method);
    }

    static boolean changes(String method) {
        return !SAFE.contains(method);
    }
}
