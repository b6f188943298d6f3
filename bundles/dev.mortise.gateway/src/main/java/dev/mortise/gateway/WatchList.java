// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches that run now. A watch is its own link, so that the one of a call costs a few writes and no garbage. */
final class WatchList {
    // The monitor guards it and the links of all that are in it.
    private @Nullable Watch first;

    synchronized void add(Watch watch) {
        Watch next = first;
        watch.link(null, next);
        if (next != null) {
            next.linkPrevious(watch);
        }
        first = watch;
    }

    /** Takes a watch out, unless it was taken out already. */
    synchronized void remove(Watch watch) {
        Watch previous = watch.previous();
        Watch next = watch.next();
        if (previous != null) {
            previous.linkNext(next);
        } else if (first == watch) {
            first = next;
        }
        if (next != null) {
            next.linkPrevious(previous);
        }
        watch.link(null, null);
    }

    /** Gives a watch another deadline; one that was taken out keeps what it came to. */
    synchronized void move(Watch watch, long deadlineNanos) {
        watch.deadlineNanos(deadlineNanos);
    }

    /**
     * Takes out what is due.
     *
     * @param due where that goes
     * @param next the latest time to look again
     * @return the time to look again
     */
    synchronized long takeDue(long now, long next, List<Watch> due) {
        long earliest = next;
        Watch watch = first;
        while (watch != null) {
            Watch after = watch.next();
            if (watch.deadlineNanos() - now <= 0) {
                remove(watch);
                due.add(watch);
            } else if (watch.deadlineNanos() - earliest < 0) {
                earliest = watch.deadlineNanos();
            }
            watch = after;
        }
        return earliest;
    }
}
