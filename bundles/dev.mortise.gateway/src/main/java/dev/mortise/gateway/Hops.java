// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;

/** Says that plugins call one another in a circle, or as good as. */
final class Hops {
    private Hops() {}

    static Refusal tooMany(int limit) {
        return Refusal.of(
                ErrorCode.LOOP_DETECTED,
                "More than %d calls from plugin to plugin lie behind this one. Look for a circle, or raise 'hop.limit' in etc/gateway.properties."
                        .formatted(limit));
    }
}
