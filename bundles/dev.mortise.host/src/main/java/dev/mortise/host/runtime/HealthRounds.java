// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the health checks of all plugins, round after round. One thread asks them all as long as it gets on; behind a check
 * that keeps it, others take over. They end with their round, so what a check leaves in its thread goes with it.
 */
final class HealthRounds implements AutoCloseable {
    private static final int TICKS_PER_ROUND = 10;

    private final ScheduledExecutorService timer;
    private final long tickNanos;
    private final ThreadPoolExecutor workers;
    private final Set<HealthWatch> watches = ConcurrentHashMap.newKeySet();
    // the monitor guards whether the clock runs
    private Optional<ScheduledFuture<?>> clock = Optional.empty();
    private boolean closed;
    // lives on the timer
    private int tick;

    HealthRounds(ScheduledExecutorService timer, Duration interval) {
        this.timer = timer;
        this.tickNanos = interval.toNanos() / TICKS_PER_ROUND;
        AtomicInteger numbers = new AtomicInteger();
        this.workers =
                new ThreadPoolExecutor(1, 1, 2 * tickNanos, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "mortise-health-" + numbers.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(HealthRounds.class.getClassLoader());
                    return thread;
                });
        this.workers.setMaximumPoolSize(Integer.MAX_VALUE);
        this.workers.allowCoreThreadTimeOut(true);
    }

    /** Asks these checks from now on. */
    synchronized void add(HealthWatch watch) {
        if (watches.add(watch) && clock.isEmpty() && !closed) {
            clock = Optional.of(timer.scheduleAtFixedRate(this::tick, 0, tickNanos, TimeUnit.NANOSECONDS));
        }
    }

    /** Asks them no more; without any left, nothing runs. */
    synchronized void remove(HealthWatch watch) {
        watches.remove(watch);
        if (watches.isEmpty()) {
            stop();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
        workers.shutdownNow();
    }

    private void stop() {
        clock.ifPresent(running -> running.cancel(false));
        clock = Optional.empty();
    }

    private void tick() {
        int busy = workers.getActiveCount();
        int waiting = workers.getQueue().size();
        if (tick++ % TICKS_PER_ROUND == 0) {
            workers.setCorePoolSize(busy + 1);
            watches.stream().filter(HealthWatch::begin).forEach(watch -> workers.execute(watch::ask));
        } else if (waiting > 0) {
            workers.setCorePoolSize(busy + Math.min(busy + 1, waiting));
        }
        watches.forEach(HealthWatch::lookAtTheClock);
    }
}
