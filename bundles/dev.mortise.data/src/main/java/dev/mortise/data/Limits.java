// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/**
 * What the database may be asked for.
 *
 * @param connections of all pools together, at most
 * @param coreConnections of the core's own pool
 * @param sharedConnections of the pool for shared data
 * @param pluginConnections of each plugin's pool
 * @param idleTime after which an unused connection of a plugin is closed
 * @param patience how long a caller waits for a connection
 * @param connectTimeout until a new connection must be there
 * @param statement longest time of one statement
 * @param lock longest wait for a lock
 * @param idleTransaction longest time that a transaction may do nothing
 * @param migrations of plugins
 */
record Limits(
        int connections,
        int coreConnections,
        int sharedConnections,
        int pluginConnections,
        Duration idleTime,
        Duration patience,
        Duration connectTimeout,
        Duration statement,
        Duration lock,
        Duration idleTransaction,
        MigrationLimits migrations) {
    Limits {
        if (connections <= coreConnections + sharedConnections) {
            throw new IllegalArgumentException(
                    "'connections' in etc/data.properties is " + connections + ", which 'core.connections' ("
                            + coreConnections + ") and 'shared.connections' (" + sharedConnections
                            + ") use up. Raise it, so that plugins have some too.");
        }
    }

    /** The defaults, as in etc/data.properties. */
    static final Limits DEFAULT = new Limits(
            60,
            8,
            8,
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            MigrationLimits.DEFAULT);
}
