// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.concurrent.TimeUnit;

/**
 * What taking a token came to.
 *
 * @param remaining tokens that are left
 * @param waitNanos until there is one again
 */
public record Taking(boolean granted, RateRule rule, long remaining, long waitNanos) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Answers the whole seconds after which to try again. */
    public long waitSeconds() {
        return Math.max(1, (waitNanos + SECOND - 1) / SECOND);
    }

    /** Answers the field {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). */
    public String policyField() {
        return rule.policyField();
    }

    /** Answers the field {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers). */
    public String limitField() {
        return "\"" + rule.service() + "\";r=" + remaining + ";t=" + waitSeconds();
    }
}
