// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.SharedDataStore.StreamLimits;
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

    /** Connections of the pool for shared data. */
    int shared_connections() default 8;

    /** Connections of the pool that tokens are looked up through. */
    int token_connections() default 4;

    /** Seconds that a lookup of a token waits for a connection, and then for its answer. */
    int token_wait_seconds() default 5;

    /** Connections of each plugin's pool. */
    int plugin_connections() default 4;

    /** Connections of all processes of a plugin for one tenant together. */
    int tenant_connections() default 16;

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

    /** Longest wait of a migration for a lock, in seconds. */
    int migration_lock_timeout_seconds() default 5;

    /** Longest time of one concurrent migration, in seconds. */
    int migration_concurrent_timeout_seconds() default 3600;

    /** Longest time of one migration that is only tried out, in seconds. */
    int migration_rehearsal_timeout_seconds() default 30;

    /** Seconds after which the log tells of a migration that runs. */
    int migration_report_seconds() default 10;

    /** Seconds for which other nodes take a plugin for running here without being told again. */
    int running_lease_seconds() default 15;

    /** Seconds between two looks whether other nodes changed something. */
    int tenants_refresh_seconds() default 2;

    /** Seconds for which settings and tokens that were read are trusted. */
    int settings_remembered_seconds() default 10;

    /** Megabytes of settings, and as many of tokens, that are remembered. */
    int settings_remembered_mb() default 32;

    /** Deployments that the journal keeps. */
    int deployments_kept() default 1000;

    /** Kilobytes of one value of shared data. */
    int shared_value_max_kb() default 1024;

    /** Keys of shared data that a plugin may have for a tenant. */
    int shared_keys_max() default 10_000;

    /** Megabytes of shared data that a plugin may have for a tenant. */
    int shared_max_mb() default 100;

    /** Seconds that a count of these is trusted. */
    int shared_recount_seconds() default 30;

    /** Seconds between two turns of deleting what has expired. */
    int shared_sweep_seconds() default 60;

    /** Milliseconds between two looks at what is watched. */
    int shared_watch_poll_ms() default 1000;

    /** Watches of shared data that a plugin may have for a tenant. */
    int shared_watches_max() default 100;

    /** Watches over HTTP at once. */
    int shared_streams_max() default 20;

    /** Watches over HTTP of one plugin for one tenant at once. */
    int shared_streams_each() default 5;

    /** Longest time of one of these, in seconds. */
    int shared_stream_seconds() default 120;

    /** Longest silence of one of these, in seconds. */
    int shared_stream_heartbeat_seconds() default 15;

    /** Reads the limits. */
    final class Reader {
        private Reader() {}

        static Limits limits(DataConfig config) {
            return new Limits(
                    config.connections(),
                    config.core_connections(),
                    config.shared_connections(),
                    new Limits.Lookups(config.token_connections(), Duration.ofSeconds(config.token_wait_seconds())),
                    config.plugin_connections(),
                    config.tenant_connections(),
                    Duration.ofSeconds(config.idle_seconds()),
                    Duration.ofSeconds(config.wait_seconds()),
                    Duration.ofSeconds(config.connect_timeout_seconds()),
                    Duration.ofSeconds(config.statement_timeout_seconds()),
                    Duration.ofSeconds(config.lock_timeout_seconds()),
                    Duration.ofSeconds(config.idle_transaction_timeout_seconds()),
                    migrations(config));
        }

        private static MigrationLimits migrations(DataConfig config) {
            return new MigrationLimits(
                    Duration.ofSeconds(config.migration_timeout_seconds()),
                    Duration.ofSeconds(config.migration_lock_timeout_seconds()),
                    Duration.ofSeconds(config.migration_concurrent_timeout_seconds()),
                    Duration.ofSeconds(config.migration_rehearsal_timeout_seconds()),
                    Duration.ofSeconds(config.migration_report_seconds()));
        }

        static SharedLimits shared(DataConfig config) {
            return new SharedLimits(
                    Math.multiplyExact(config.shared_value_max_kb(), 1 << 10),
                    config.shared_keys_max(),
                    (long) config.shared_max_mb() << 20,
                    Duration.ofSeconds(config.shared_recount_seconds()),
                    Duration.ofSeconds(config.shared_sweep_seconds()),
                    Duration.ofMillis(config.shared_watch_poll_ms()),
                    config.shared_watches_max());
        }

        static StreamLimits streams(DataConfig config) {
            return new StreamLimits(
                    config.shared_streams_max(),
                    config.shared_streams_each(),
                    Duration.ofSeconds(config.shared_stream_seconds()),
                    Duration.ofSeconds(config.shared_stream_heartbeat_seconds()));
        }
    }
}
