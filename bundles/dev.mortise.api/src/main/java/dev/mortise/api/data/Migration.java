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
 * @param kind how it runs
 * @param up the SQL that makes the change
 * @param down the SQL that takes it back, when there is any; runs in one transaction
 */
public record Migration(long version, String description, Phase phase, Kind kind, String up, Optional<String> down) {
    /** When a migration runs relative to the switch of versions. */
    public enum Phase {
        /** Before the new version starts; leaves the running version working. */
        EXPAND,
        /** After the old version is retired. */
        CONTRACT
    }

    /** How a migration runs. */
    public enum Kind {
        /** In one transaction: all of it is kept, or nothing. */
        TRANSACTIONAL,
        /**
         * Outside of any transaction, while the table is read and written: one {@code CREATE INDEX CONCURRENTLY} or
         * {@code DROP INDEX CONCURRENTLY}, and no more. Of an index that could not be built nothing is left.
         */
        CONCURRENT
    }

    public Migration {
        Objects.requireNonNull(phase, "phase is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(up, "up is null");
        Objects.requireNonNull(down, "down is null");
        if (version <= 0) {
            throw new IllegalArgumentException("A migration's version is positive, not " + version + ".");
        }
        if (!description.matches("[a-z0-9_]{1,100}")) {
            throw new IllegalArgumentException(
                    "A migration's description has 1 to 100 of a-z, 0-9 and _, not '" + description + "'.");
        }
        if (kind == Kind.CONCURRENT && phase == Phase.CONTRACT) {
            throw new IllegalArgumentException(
                    "A concurrent migration changes an index, which no code relies on: its phase is EXPAND.");
        }
    }

    /** Makes a migration that runs in one transaction. */
    public Migration(long version, String description, Phase phase, String up, Optional<String> down) {
        this(version, description, phase, Kind.TRANSACTIONAL, up, down);
    }

    /** Makes an expand migration without a way back. */
    public static Migration expand(long version, String description, String up) {
        return new Migration(version, description, Phase.EXPAND, up, Optional.empty());
    }

    /** Makes a concurrent migration without a way back. */
    public static Migration concurrent(long version, String description, String up) {
        return new Migration(version, description, Phase.EXPAND, Kind.CONCURRENT, up, Optional.empty());
    }
}
