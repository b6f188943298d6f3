// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.kernel.thread.SteadyTimer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the host beside the sequencer and the watcher: none of them runs code of plugins. */
final class Threads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer = steady("mortise-host-timer");
    private final ExecutorService intake =
            pool(Math.max(2, Runtime.getRuntime().availableProcessors()), "mortise-intake");
    private final ExecutorService markers = pool(1, "mortise-markers");
    private final ExecutorService ledger = pool(1, "mortise-ledger");
    private final ExecutorService leaks = pool(1, "mortise-leaks");

    ScheduledExecutorService timer() {
        return timer;
    }

    Executor intake() {
        return intake;
    }

    Executor markers() {
        return markers;
    }

    /** Answers the one thread that may wait for the store of deployments. */
    Executor ledger() {
        return ledger;
    }

    /** Answers the one thread that may search for what holds a class loader. */
    Executor leaks() {
        return leaks;
    }

    /** Runs a task again and again. */
    void retry(Runnable task) {
        var unused = timer.scheduleWithFixedDelay(
                () -> intake.execute(task), RETRY.toMillis(), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task every hour, where it may wait. */
    void hourly(Runnable task) {
        var unused = timer.scheduleWithFixedDelay(() -> ledger.execute(task), 1, 1, TimeUnit.HOURS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        intake.shutdownNow();
        leaks.shutdownNow();
        markers.shutdown();
        ledger.shutdown();
    }

    /** Makes one thread for tasks that are to run later, for whoever closes it. */
    static ScheduledExecutorService timer(String name) {
        SteadyTimer timer = steady(name);
        // what is ordered at the very end is done at the next start
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return timer;
    }

    private static SteadyTimer steady(String name) {
        return new SteadyTimer(
                1,
                named(name),
                fault -> LOG.error("Something that '{}' does failed; what comes again has its next turn", name, fault));
    }

    /** Makes one such thread. */
    static ExecutorService one(String name) {
        return pool(1, name);
    }

    /** Makes threads for whoever closes them; they end when they have nothing to do. */
    static ExecutorService pool(int size, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            // a thread of a plugin may be the first to need this one, and would hand down what it sees
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }
}
