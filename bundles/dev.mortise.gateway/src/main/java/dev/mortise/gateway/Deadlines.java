// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes when a handler is late. Most deadlines are the same distance ahead, so a new one is seldom the next to come and
 * costs a place in a list: the thread sleeps until the earliest that it knows and is woken only for an earlier one.
 */
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final int LISTS = 8;

    // Several, so that threads seldom wait for one another.
    private final List<WatchList> lists =
            Stream.generate(WatchList::new).limit(LISTS).toList();
    private final Thread timer = new Thread(null, this::run, "mortise-gateway-deadlines", 0, false);
    private volatile long wakeAt = System.nanoTime();
    // Says what the permit of unpark can't: a lock that the timer waits for while it tells somebody takes that one.
    private volatile boolean stirred;
    private volatile boolean open = true;

    Deadlines() {
        timer.setDaemon(true);
        timer.start();
    }

    /**
     * Watches the calling thread until {@link #end}.
     *
     * @param late what is done, on the timer's thread and without blocking, when the deadline passes
     */
    Watch watch(long deadlineNanos, Runnable late) {
        return add(Thread.currentThread(), deadlineNanos, late);
    }

    /** Watches another thread. */
    Watch watch(Thread thread, long deadlineNanos, Runnable late) {
        return add(thread, deadlineNanos, late);
    }

    /** The same for what waits for a thread: nobody is interrupted, and anybody may end it. */
    Watch alarm(long deadlineNanos, Runnable late) {
        return add(null, deadlineNanos, late);
    }

    private Watch add(@Nullable Thread watched, long deadlineNanos, Runnable late) {
        WatchList list = lists.get((int) Thread.currentThread().getId() & LISTS - 1);
        Watch watch = new Watch(watched, deadlineNanos, late, list);
        list.add(watch);
        wakeFor(deadlineNanos);
        return watch;
    }

    /** Gives a watch that runs another deadline. */
    void move(Watch watch, long deadlineNanos) {
        watch.list().move(watch, deadlineNanos);
        wakeFor(deadlineNanos);
    }

    private void wakeFor(long deadlineNanos) {
        if (deadlineNanos - wakeAt < 0) {
            stirred = true;
            LockSupport.unpark(timer);
        }
    }

    /** Ends the time of a watch now, unless it has ended. */
    void expire(Watch watch) {
        watch.list().remove(watch);
        watch.expire();
    }

    /** Answers the deadline of a context on the scale of {@link System#nanoTime}. */
    static long of(CallContext context) {
        return context instanceof Call call
                ? call.deadlineNanos()
                : System.nanoTime() + context.remaining().toNanos();
    }

    /** Ends a watch; answers whether the deadline was kept. */
    boolean end(Watch watch) {
        watch.list().remove(watch);
        return watch.end();
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(timer);
    }

    private void run() {
        while (open) {
            // Whoever adds a watch while the lists are looked through sees this value and wakes the timer again.
            wakeAt = System.nanoTime() + 2 * IDLE_NANOS;
            stirred = false;
            long next = expireDue(System.nanoTime());
            wakeAt = next;
            if (!stirred) {
                LockSupport.parkNanos(this, Math.max(1, next - System.nanoTime()));
            }
        }
    }

    private long expireDue(long now) {
        long next = now + IDLE_NANOS;
        List<Watch> due = new ArrayList<>();
        for (WatchList list : lists) {
            next = list.takeDue(now, next, due);
        }
        due.forEach(Deadlines::tell);
        return next;
    }

    private static void tell(Watch watch) {
        try {
            watch.expire();
        } catch (Throwable fault) { // an Error of one call must not end the timer of all
            LOG.error("A late call could not be answered", fault);
        }
    }
}
