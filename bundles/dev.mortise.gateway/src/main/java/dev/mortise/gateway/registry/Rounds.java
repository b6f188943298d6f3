// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after leases in time: judging on one thread that never waits, asking on others that may. The threads begin with
 * the first lease.
 */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor judging = pool(1, "mortise-registry");
    private final ScheduledThreadPoolExecutor asking;

    /** Makes rounds that ask so many instances at once. */
    Rounds(int threads) {
        asking = pool(threads, "mortise-registry-asks");
    }

    /** Runs the task then, and again as long as it answers after which time; one that fails is run again too. */
    void in(Duration delay, Supplier<Optional<Duration>> task) {
        var unused = judging.schedule(() -> judge(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void judge(Supplier<Optional<Duration>> task) {
        guarded(task, Optional.of(AGAIN)).filter(pause -> !judging.isShutdown()).ifPresent(pause -> in(pause, task));
    }

    /** Runs the task at once and then with this pause, as long as it answers true; one that fails is run again. */
    void every(Supplier<Duration> pause, BooleanSupplier task) {
        asking.execute(() -> again(pause, task));
    }

    private void again(Supplier<Duration> pause, BooleanSupplier task) {
        boolean more = guarded(task::getAsBoolean, true);
        if (more && !asking.isShutdown()) {
            var unused = asking.schedule(() -> again(pause, task), pause.get().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        judging.shutdownNow();
        asking.shutdownNow();
    }

    /** Answers what the task does, or the other value when it fails. */
    private static <T> T guarded(Supplier<T> task, T otherwise) {
        try {
            return task.get();
        } catch (Throwable fault) { // an Error of one instance must not end the rounds of it
            LOG.error("An instance could not be looked after", fault);
            return otherwise;
        }
    }

    private static ScheduledThreadPoolExecutor pool(int threads, String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(null, task, name + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        };
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, factory);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }
}
