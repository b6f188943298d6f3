// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.Set;

/** Says of methods whether a request may be sent twice (RFC 9110, section 9.2.2). */
final class Repeats {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private Repeats() {}

    static boolean safely(String method) {
        return IDEMPOTENT.contains(method);
    }
}
