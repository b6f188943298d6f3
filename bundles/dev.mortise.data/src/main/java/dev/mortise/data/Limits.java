// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/**
 * What the database may be asked for.
 *
 * @param connections of all pools together, at most
 * @param coreConnections of the core's own pool
 * @param sharedConnections of the pool for shared data
 * @param lookups of the pool that tokens of callers are looked up through
 * @param pluginConnections of each plugin's pool
 * @param tenantConnections of all processes of a plugin for one tenant together, on all nodes
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
        Lookups lookups,
        int pluginConnections,
        int tenantConnections,
        Duration idleTime,
        Duration patience,
        Duration connectTimeout,
        Duration statement,
        Duration lock,
        Duration idleTransaction,
        MigrationLimits migrations) {
    Limits {
        if (connections <= coreConnections + sharedConnections + lookups.connections) {
            throw new IllegalArgumentException(
                    "'connections' in etc/data.properties is " + connections + ", which 'core.connections' ("
                            + coreConnections + "), 'shared.connections' (" + sharedConnections
                            + ") and 'token.connections' (" + lookups.connections
                            + ") use up. Raise it, so that plugins have some too.");
        }
    }

    /**
     * What every call waits for.
     *
     * @param connections of their pool
     * @param patience how long a caller waits for a connection, and then for its answer
     */
    record Lookups(int connections, Duration patience) {
        static final Lookups DEFAULT = new Lookups(4, Duration.ofSeconds(5));
    }

    /** Answers how many connections are left for plugins. */
    int forPlugins() {
        return connections - coreConnections - sharedConnections - lookups.connections;
    }

    /** The defaults, as in etc/data.properties. */
    static final Limits DEFAULT = new Limits(
            60,
            8,
            8,
            Lookups.DEFAULT,
            4,
            16,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            MigrationLimits.DEFAULT);
}
