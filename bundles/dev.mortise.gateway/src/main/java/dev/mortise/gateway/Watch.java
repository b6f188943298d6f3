// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One running handler under a deadline, or a deadline that nobody runs under; see {@link Deadlines}. */
final class Watch {
    // One object less for each call than an AtomicInteger.
    private static final AtomicIntegerFieldUpdater<Watch> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Watch.class, "state");
    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int EXPIRING = 2;
    private static final int EXPIRED = 3;

    private final @Nullable Thread thread;
    private final Runnable late;
    private final WatchList list;
    // The monitor of the list guards these.
    private long deadlineNanos;
    private @Nullable Watch previous;
    private @Nullable Watch next;
    private volatile int state = RUNNING;

    Watch(@Nullable Thread thread, long deadlineNanos, Runnable late, WatchList list) {
        this.thread = thread;
        this.deadlineNanos = deadlineNanos;
        this.late = late;
        this.list = list;
    }

    /** Answers the list that it runs in. */
    WatchList list() {
        return list;
    }

    @Nullable
    Watch previous() {
        return previous;
    }

    @Nullable
    Watch next() {
        return next;
    }

    void link(@Nullable Watch before, @Nullable Watch after) {
        previous = before;
        next = after;
    }

    void linkPrevious(@Nullable Watch before) {
        previous = before;
    }

    void linkNext(@Nullable Watch after) {
        next = after;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    void deadlineNanos(long next) {
        deadlineNanos = next;
    }

    /** Tells whether neither the handler nor its time has ended. */
    boolean running() {
        return state == RUNNING;
    }

    /** Interrupts the handler and says so, unless it has ended already. Called by the timer. */
    void expire() {
        if (STATE.compareAndSet(this, RUNNING, EXPIRING)) {
            if (thread != null) {
                thread.interrupt();
            }
            state = EXPIRED;
            late.run();
        }
    }

    /**
     * Ends the watch on the handler's thread. From here on the timer does not interrupt that thread any more, which may
     * soon run another request.
     *
     * @return whether the handler was in time
     */
    boolean end() {
        if (STATE.compareAndSet(this, RUNNING, ENDED) || state == ENDED) {
            return true;
        }
        while (state == EXPIRING) {
            Thread.onSpinWait(); // the timer is about to interrupt
        }
        if (thread != null) {
            Thread.interrupted();
        }
        return false;
    }
}
