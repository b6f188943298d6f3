// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.time.Duration;

/**
 * The times of leases.
 *
 * @param heartbeat between two signs of life
 * @param stale after which silence an instance is UNAVAILABLE
 * @param forget after which silence its place is free
 */
public record RegistrySettings(Duration heartbeat, Duration stale, Duration forget) {
    public RegistrySettings {
        if (heartbeat.isNegative() || heartbeat.isZero() || stale.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException(
                    "registry.heartbeat.seconds must be at least 1 and less than registry.stale.seconds, not %d with %d."
                            .formatted(heartbeat.toSeconds(), stale.toSeconds()));
        }
        if (forget.compareTo(stale) <= 0) {
            throw new IllegalArgumentException(
                    "registry.forget.seconds must be more than registry.stale.seconds, not %d with %d."
                            .formatted(forget.toSeconds(), stale.toSeconds()));
        }
    }
}
