// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches code of plugins that runs on their threads. When a deadline passes, the plugin is given up at once, on the
 * timer's thread; the code is interrupted and, should it ever come back, goes no further.
 */
final class Deadlines {
    private final ScheduledExecutorService timer;
    private final Duration limit;
    private final Alarm alarm;

    /** What is done when a deadline has passed. */
    interface Alarm {
        void passed(String what, Duration limit, Thread thread);
    }

    Deadlines(ScheduledExecutorService timer, Duration limit, Alarm alarm) {
        this.timer = timer;
        this.limit = limit;
        this.alarm = alarm;
    }

    Duration limit() {
        return limit;
    }

    /**
     * Runs code within the limit of every step.
     *
     * @throws Overrun when the deadline passed
     * @throws Exception what the code throws
     */
    <T> T within(String what, Callable<T> code) throws Exception {
        return within(limit, what, code);
    }

    /** Runs code within a limit of its own. */
    <T> T within(Duration own, String what, Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        ScheduledFuture<?> watch = timer.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        alarm.passed(what, own, thread);
                        thread.interrupt();
                    }
                },
                own.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            T result = code.call();
            requireInTime(over, what);
            return result;
        } catch (Throwable e) {
            requireInTime(over, what);
            throw e;
        } finally {
            watch.cancel(false);
        }
    }

    private static void requireInTime(AtomicBoolean over, String what) {
        if (!over.compareAndSet(false, true)) {
            throw new Overrun(what);
        }
    }
}
