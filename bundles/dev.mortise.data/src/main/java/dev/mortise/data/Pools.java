// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Makes pools; all share two background threads, for their upkeep and for what the stores do now and then. */
final class Pools implements AutoCloseable {
    /** Hikari's own. */
    private static final Duration VALIDATION = Duration.ofSeconds(5);

    private final String run = UUID.randomUUID().toString();
    private final Limits limits;
    private final ScheduledExecutorService upkeep;

    Pools(Limits limits) {
        this.limits = limits;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2, Pools::thread);
        executor.setRemoveOnCancelPolicy(true);
        // now, on a thread of ours: a thread keeps hold of the code that happened to be running when it was made
        executor.prestartAllCoreThreads();
        upkeep = executor;
    }

    String run() {
        return run;
    }

    /** Makes the core's pool; one connection is kept ready. */
    HikariDataSource core(DataSource connections) {
        return pool("mortise-core", connections, 1, limits.coreConnections(), limits.patience());
    }

    /** Makes a plugin's pool; it opens nothing before the first use. */
    HikariDataSource plugin(String name, DataSource connections) {
        return pool("mortise-" + name, connections, 0, limits.pluginConnections(), limits.patience());
    }

    /** Makes the pool for shared data; it opens nothing before the first use. */
    HikariDataSource shared(DataSource connections) {
        return pool("mortise-shared", connections, 0, limits.sharedConnections(), limits.patience());
    }

    /** Makes the pool for lookups that calls wait for; it opens nothing before the first use. */
    HikariDataSource lookups(DataSource connections) {
        Limits.Lookups lookups = limits.lookups();
        return pool("mortise-tokens", connections, 0, lookups.connections(), lookups.patience());
    }

    /** Runs a task again and again; it must catch what it throws. */
    ScheduledFuture<?> every(Duration period, Runnable task) {
        return upkeep.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, in the background. */
    void execute(Runnable task) {
        upkeep.execute(task);
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "mortise-data");
        thread.setDaemon(true);
        thread.setContextClassLoader(Pools.class.getClassLoader());
        return thread;
    }

    private HikariDataSource pool(String name, DataSource connections, int ready, int most, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(connections);
        config.setMinimumIdle(ready);
        config.setMaximumPoolSize(most);
        config.setIdleTimeout(limits.idleTime().toMillis());
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(Math.min(patience.toMillis(), VALIDATION.toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setScheduledExecutor(upkeep);
        config.setThreadFactory(Pools::thread);
        config.setExceptionOverride(new HarmlessFaults());
        return new HikariDataSource(config);
    }
}
