// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls in the background of one plugin: so many run at once, the next ones wait in their order. */
final class Lane {
    /** What became of a call that came. */
    enum Place {
        RUNS,
        WAITS,
        FULL
    }

    // The monitor guards these.
    private final Set<BackgroundCall<?>> waiting = new LinkedHashSet<>();
    private int running;

    /** Takes a call; one that runs must be followed by {@link #next}. */
    synchronized Place enter(BackgroundCall<?> call, int most, int mostWaiting) {
        if (running < most) {
            running++;
            return Place.RUNS;
        }
        return waiting.size() < mostWaiting && waiting.add(call) ? Place.WAITS : Place.FULL;
    }

    /** Takes out a call that waits no longer: its caller was told. */
    synchronized void leave(BackgroundCall<?> call) {
        waiting.remove(call);
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Answers what runs in the place of a call that has ended; null when nothing waits. */
    synchronized @Nullable BackgroundCall<?> next() {
        Iterator<BackgroundCall<?>> first = waiting.iterator();
        if (!first.hasNext()) {
            running--;
            return null;
        }
        BackgroundCall<?> next = first.next();
        first.remove();
        return next;
    }
}
