// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/** The keys of {@code etc/data.properties}. */
@interface DataConfig {
    /** The configuration's PID. */
    String PID = "dev.mortise.data";

    /** The container's home. */
    String mortise_home() default "";

    /** The version of Mortise, as the schema's history names it. */
    String mortise_version() default "1.0.0";

    /** Connections of all pools together. */
    int connections() default 60;

    /** Connections of the core's own pool. */
    int core_connections() default 8;

    /** Connections of each plugin's pool. */
    int plugin_connections() default 4;

    /** Seconds after which an unused connection of a plugin is closed; at least 10. */
    int idle_seconds() default 30;

    /** Seconds that a caller waits for a connection. */
    int wait_seconds() default 10;

    /** Seconds until a new connection must be there. */
    int connect_timeout_seconds() default 5;

    /** Longest time of one statement, in seconds. */
    int statement_timeout_seconds() default 30;

    /** Longest wait for a lock, in seconds. */
    int lock_timeout_seconds() default 5;

    /** Longest time that a transaction may do nothing, in seconds. */
    int idle_transaction_timeout_seconds() default 60;

    /** Longest time of one migration, in seconds. */
    int migration_timeout_seconds() default 600;

    /** Seconds between two looks at the tenants. */
    int tenants_refresh_seconds() default 10;

    /** Deployments that the journal keeps. */
    int deployments_kept() default 1000;

    /** Reads the limits. */
    final class Reader {
        private Reader() {}

        static Limits limits(DataConfig config) {
            return new Limits(
                    config.connections(),
                    config.core_connections(),
                    config.plugin_connections(),
                    Duration.ofSeconds(config.idle_seconds()),
                    Duration.ofSeconds(config.wait_seconds()),
                    Duration.ofSeconds(config.connect_timeout_seconds()),
                    Duration.ofSeconds(config.statement_timeout_seconds()),
                    Duration.ofSeconds(config.lock_timeout_seconds()),
                    Duration.ofSeconds(config.idle_transaction_timeout_seconds()),
                    Duration.ofSeconds(config.migration_timeout_seconds()));
        }
    }
}
