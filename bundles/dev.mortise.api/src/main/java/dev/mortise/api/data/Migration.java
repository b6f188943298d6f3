// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.data;

import java.util.Objects;
import java.util.Optional;

/**
 * One step of a plugin's schema.
 *
 * @param version its place in the order, positive and unique within the plugin
 * @param description a few words, {@code [a-z0-9_]+}
 * @param phase when it runs
 * @param up the SQL that makes the change; runs in one transaction
 * @param down the SQL that takes it back, when there is any
 */
public record Migration(long version, String description, Phase phase, String up, Optional<String> down) {
    /** When a migration runs relative to the switch of versions. */
    public enum Phase {
        /** Before the new version starts; leaves the running version working. */
        EXPAND,
        /** After the old version is retired. */
        CONTRACT
    }

    public Migration {
        Objects.requireNonNull(phase, "phase is null");
        Objects.requireNonNull(up, "up is null");
        Objects.requireNonNull(down, "down is null");
        if (version <= 0) {
            throw new IllegalArgumentException("A migration's version is positive, not " + version + ".");
        }
        if (!description.matches("[a-z0-9_]{1,100}")) {
            throw new IllegalArgumentException(
                    "A migration's description has 1 to 100 of a-z, 0-9 and _, not '" + description + "'.");
        }
    }

    /** Makes an expand migration without a way back. */
    public static Migration expand(long version, String description, String up) {
        return new Migration(version, description, Phase.EXPAND, up, Optional.empty());
    }
}
