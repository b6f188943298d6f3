// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import java.time.Duration;

/** Counts the calls that run, and waits for them to end. */
final class Running {
    private int calls;
    private boolean closed;

    /** Counts one more; false when no more are taken. */
    synchronized boolean enter() {
        if (!closed) {
            calls++;
        }
        return !closed;
    }

    synchronized void leave() {
        calls--;
        notifyAll();
    }

    /** Takes no more, and waits until all have ended or the time is over; tells whether all have. */
    synchronized boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        while (calls > 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
