// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
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

    private final ScheduledThreadPoolExecutor judging = new ScheduledThreadPoolExecutor(1, threads("mortise-registry"));
    private final Asks asks;

    /** Makes rounds that ask so many instances at once, and so many of one credential. */
    Rounds(int threads, IntSupplier each) {
        judging.setRemoveOnCancelPolicy(true);
        asks = new Asks(threads, each, threads("mortise-registry-asks"));
    }

    /** Runs the task then, and again as long as it answers after which time; one that fails is run again too. */
    void in(Duration delay, Supplier<Optional<Duration>> task) {
        var unused = judging.schedule(() -> judge(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void judge(Supplier<Optional<Duration>> task) {
        guarded(task).filter(pause -> !judging.isShutdown()).ifPresent(pause -> in(pause, task));
    }

    private static Optional<Duration> guarded(Supplier<Optional<Duration>> task) {
        try {
            return task.get();
        } catch (Throwable fault) { // an Error of one instance must not end the rounds of it
            LOG.error("An instance could not be looked after", fault);
            return Optional.of(AGAIN);
        }
    }

    /** Asks at once and then with this pause, as long as that answers true; what fails is asked again. */
    void every(Supplier<Duration> pause, Asks.Question question) {
        asks.add(question, more -> {
            if (more && !judging.isShutdown()) {
                var unused = judging.schedule(
                        () -> every(pause, question), pause.get().toNanos(), TimeUnit.NANOSECONDS);
            }
        });
    }

    /** Answers how many instances wait to be asked. */
    int waiting() {
        return asks.waiting();
    }

    @Override
    public void close() {
        judging.shutdownNow();
        asks.close();
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, name + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        };
    }
}
