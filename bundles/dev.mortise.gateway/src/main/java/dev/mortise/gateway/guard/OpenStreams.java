// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.concurrent.atomic.AtomicInteger;

/** The streams that one version of a plugin has open to clients. */
public final class OpenStreams {
    private final AtomicInteger count = new AtomicInteger();

    /** Answers how many calls of streaming endpoints are in it now. */
    public int count() {
        return count.get();
    }

    /** Counts a call in, unless so many are in it already. */
    public boolean enter(int most) {
        if (count.incrementAndGet() <= most) {
            return true;
        }
        leave();
        return false;
    }

    /** Counts a call out. */
    public void leave() {
        count.decrementAndGet();
    }
}
