// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

/** One running handler under a deadline; see {@link Deadlines}. */
final class Watch {
    private final Thread thread;
    private final long deadlineNanos;
    private final Runnable late;
    private boolean running = true;
    private boolean expired;

    Watch(Thread thread, long deadlineNanos, Runnable late) {
        this.thread = thread;
        this.deadlineNanos = deadlineNanos;
        this.late = late;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Tells whether neither the handler nor its time has ended. */
    synchronized boolean running() {
        return running;
    }

    /** Interrupts the handler and says so, unless it has ended already. Called by the timer. */
    void expire() {
        if (interrupt()) {
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
        boolean inTime = finish();
        if (!inTime) {
            Thread.interrupted();
        }
        return inTime;
    }

    // The monitor guards running and expired; it is held for a moment by two threads at most.
    private synchronized boolean interrupt() {
        if (!running) {
            return false;
        }
        running = false;
        expired = true;
        thread.interrupt();
        return true;
    }

    private synchronized boolean finish() {
        running = false;
        return !expired;
    }
}
