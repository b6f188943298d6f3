// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.time.Duration;

/** What the authenticators and authorizers of one plugin may take. */
record Limits(Duration timeout, int threads) {
    Limits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "plugin.timeout.ms of dev.mortise.security is " + timeout.toMillis() + ". It must be positive.");
        }
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "plugin.threads of dev.mortise.security is " + threads + ". It must be positive.");
        }
    }

    static Limits of(SecurityConfig config) {
        return new Limits(Duration.ofMillis(config.plugin_timeout_ms()), config.plugin_threads());
    }
}
