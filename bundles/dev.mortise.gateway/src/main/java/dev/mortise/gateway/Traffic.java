// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls that run in one mount of a plugin version. One number holds both the count and, in its sign, whether
 * the mount is retired, so a call that found the mount in a snapshot of a moment ago can't slip in behind its back.
 */
final class Traffic {
    private static final long RETIRED = Long.MIN_VALUE;

    private final AtomicLong calls = new AtomicLong();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    /** Counts a call in; answers false when the mount is retired and the newer snapshot must be asked. */
    boolean enter() {
        if (calls.incrementAndGet() > 0) {
            return true;
        }
        leave();
        return false;
    }

    /** What came of a call that wants to come in. */
    enum Entry {
        IN,
        /** The mount is retired, and the newer snapshot must be asked. */
        RETIRED,
        /** There are as many calls as may be. */
        FULL
    }

    /** Counts a call in, unless so many are in it already. */
    Entry enter(int most) {
        long now = calls.incrementAndGet();
        if (now > 0 && now <= most) {
            return Entry.IN;
        }
        leave();
        return now > 0 ? Entry.FULL : Entry.RETIRED;
    }

    /** Counts a call out. */
    void leave() {
        if (calls.decrementAndGet() == RETIRED) {
            idle.complete(null);
        }
    }

    /** Answers how many calls are in it now. */
    long running() {
        return calls.get() & Long.MAX_VALUE;
    }

    /** Lets no further call in. */
    void retire() {
        if (calls.getAndUpdate(count -> count < 0 ? count : count + RETIRED) == 0) {
            idle.complete(null);
        }
    }

    /** Completes when the mount is retired and its last call has left. */
    CompletionStage<Void> idle() {
        return idle.minimalCompletionStage();
    }

    /** Runs the task then, on the thread of the last call, or at once when it has left already. */
    void whenIdle(Runnable task) {
        var unused = idle.thenRun(task);
    }

    boolean retiredAndIdle() {
        return idle.isDone();
    }
}
