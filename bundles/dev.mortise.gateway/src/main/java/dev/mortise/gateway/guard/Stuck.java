// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts handlers that still run although their callers were answered 504: each holds one of the server's threads, and so many
 * may be held that all plugins together still have half of them.
 */
public final class Stuck {
    private volatile int most;
    private final AtomicInteger all = new AtomicInteger();

    /** Makes a count with its limit. */
    public Stuck(int most) {
        this.most = most;
    }

    /** Takes another limit. */
    public void bound(int next) {
        most = next;
    }

    /** Answers how many handlers are stuck now. */
    public int count() {
        return all.get();
    }

    /** Tells whether no more may come to hold a thread. */
    public boolean full() {
        return all.get() >= most;
    }

    /** The stuck handlers of one version of a plugin. */
    public static final class Share {
        private final AtomicInteger own = new AtomicInteger();

        /** Answers how many there are. */
        public int count() {
            return own.get();
        }
    }

    /** One running handler that may become stuck. */
    public final class Handler {
        private static final int RUNNING = 0;
        private static final int STUCK = 1;
        private static final int ENDED = 2;

        private final Share share;
        private final AtomicInteger state = new AtomicInteger(RUNNING);

        /** Begins with one that runs in its time. */
        public Handler(Share share) {
            this.share = share;
        }

        /** Takes note that its caller was answered in its place. Called by the timer, whatever the handler does meanwhile. */
        public void late() {
            if (state.compareAndSet(RUNNING, STUCK)) {
                share.own.incrementAndGet();
                all.incrementAndGet();
            }
        }

        /** Takes note of its end. */
        public void ended() {
            if (state.getAndSet(ENDED) == STUCK) {
                share.own.decrementAndGet();
                all.decrementAndGet();
            }
        }
    }
}
