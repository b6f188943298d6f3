// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One running handler under a deadline; see {@link Deadlines}. One is made for each call, so it has no monitor: an object that
 * was hashed by its identity and is then locked gets a heavy one (JDK 17).
 */
final class Watch {
    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int EXPIRING = 2;
    private static final int EXPIRED = 3;

    private final Thread thread;
    private final long deadlineNanos;
    private final Runnable late;
    private final AtomicInteger state = new AtomicInteger(RUNNING);

    Watch(Thread thread, long deadlineNanos, Runnable late) {
        this.thread = thread;
        this.deadlineNanos = deadlineNanos;
        this.late = late;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Tells whether neither the handler nor its time has ended. */
    boolean running() {
        return state.get() == RUNNING;
    }

    /** Interrupts the handler and says so, unless it has ended already. Called by the timer. */
    void expire() {
        if (state.compareAndSet(RUNNING, EXPIRING)) {
            thread.interrupt();
            state.set(EXPIRED);
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
        if (state.compareAndSet(RUNNING, ENDED) || state.get() == ENDED) {
            return true;
        }
        while (state.get() == EXPIRING) {
            Thread.onSpinWait(); // the timer is about to interrupt
        }
        Thread.interrupted();
        return false;
    }

    /** Two watches are never equal; their deadlines hardly ever are. */
    @Override
    public int hashCode() {
        return Long.hashCode(deadlineNanos);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
