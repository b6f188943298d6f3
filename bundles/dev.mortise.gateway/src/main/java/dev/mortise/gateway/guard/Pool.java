// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many of something are there for all plugins together. Taking one costs one addition. The log tells when there is none
 * left, and when there are some again: at most once a minute each, however often that changes.
 */
public final class Pool {
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String what;
    private final LongSupplier clock;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    // The monitor guards the times at which something is said; whoever gives back reads the flag alone.
    private volatile boolean saidToBeEmpty;
    private long quietUntil;
    private volatile int most;

    /**
     * Makes a full one.
     *
     * @param what is in it, in the plural, and the key that says how many
     * @param clock {@link System#nanoTime}
     */
    public Pool(String what, int most, LongSupplier clock) {
        this.what = what;
        this.most = most;
        this.clock = clock;
        this.quietUntil = clock.getAsLong();
    }

    /** Takes another limit; what is taken stays so. */
    public void bound(int next) {
        most = next;
    }

    /** Takes one, if there is one; whoever has taken one gives it back. */
    public boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        refused.incrementAndGet();
        if (!saidToBeEmpty) {
            sayEmpty();
        }
        return false;
    }

    /** Gives one back. */
    public void giveBack() {
        int left = taken.decrementAndGet();
        if (saidToBeEmpty && left <= most - most / 4) {
            sayOver();
        }
    }

    /** Answers how many are taken now. */
    public int taken() {
        return taken.get();
    }

    /** Answers how many there are. */
    public int most() {
        return most;
    }

    private synchronized void sayEmpty() {
        long now = clock.getAsLong();
        if (!saidToBeEmpty && now - quietUntil >= 0) {
            saidToBeEmpty = true;
            quietUntil = now + SILENCE_NANOS;
            LOG.warn("All {} {} are taken: further calls of clients are refused (503) until some end", most, what);
        }
    }

    // With a quarter free, so that one that comes and goes at the brink is no news.
    private synchronized void sayOver() {
        if (saidToBeEmpty) {
            saidToBeEmpty = false;
            LOG.warn(
                    "There are {} again: {} of {} are taken; {} calls were refused meanwhile",
                    what,
                    taken(),
                    most,
                    refused.getAndSet(0));
        }
    }
}
