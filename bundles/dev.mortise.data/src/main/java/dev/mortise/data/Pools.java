// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.thread.SteadyTimer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes pools; all share two background threads, for their upkeep and for what the stores do now and then. Leases have a third
 * one: what they keep other nodes from must not depend on how long the rest takes.
 */
final class Pools implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);
    /** Hikari's own. */
    private static final Duration VALIDATION = Duration.ofSeconds(5);

    private final String run = UUID.randomUUID().toString();
    private final Limits limits;
    private final ScheduledExecutorService upkeep = timer(2, "mortise-data");
    private final ScheduledExecutorService leases = timer(1, "mortise-leases");

    Pools(Limits limits) {
        this.limits = limits;
    }

    private static ScheduledExecutorService timer(int threads, String name) {
        SteadyTimer timer = new SteadyTimer(
                threads,
                task -> thread(task, name),
                fault -> LOG.error("Something that is done in the background failed; it has its next turn", fault));
        timer.setRemoveOnCancelPolicy(true);
        // now, on a thread of ours: a thread keeps hold of the code that happened to be running when it was made
        timer.prestartAllCoreThreads();
        return timer;
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

    /** Runs a task again and again, also after it threw something. */
    ScheduledFuture<?> every(Duration period, Runnable task) {
        return upkeep.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, in the background. */
    void execute(Runnable task) {
        upkeep.execute(task);
    }

    /** Answers the thread for what holds only as long as it is renewed. */
    ScheduledExecutorService leases() {
        return leases;
    }

    @Override
    public void close() {
        leases.shutdownNow();
        upkeep.shutdownNow();
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
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
        config.setThreadFactory(task -> thread(task, "mortise-data"));
        config.setExceptionOverride(new HarmlessFaults());
        return new HikariDataSource(config);
    }
}
