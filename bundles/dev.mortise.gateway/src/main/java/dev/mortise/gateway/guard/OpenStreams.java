// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams that one version of a plugin has open to clients. */
public final class OpenStreams {
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /** One answer that is being written. */
    public interface Open {
        /** Ends it in order, from any thread and without blocking. */
        void end();
    }

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

    /** Takes note of an answer that begins; it ends at once when all have ended. */
    public void begun(Open stream) {
        open.add(stream);
        if (ended) {
            stream.end();
        }
    }

    /** Takes note of the end of an answer. */
    public void over(Open stream) {
        open.remove(stream);
    }

    /** Tells whether no more is to begin. */
    public boolean ended() {
        return ended;
    }

    /** Ends all of them, because their plugin version leaves. */
    public void end() {
        ended = true;
        open.forEach(Open::end);
    }
}
