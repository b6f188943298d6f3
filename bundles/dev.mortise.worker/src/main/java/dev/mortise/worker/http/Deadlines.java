// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.kernel.call.Call;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Interrupts threads whose calls are over, and lets somebody else answer in their place. */
final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;
    private final Executor answering;

    /** Makes them; what is done at a deadline may wait, so it runs on the given threads. */
    Deadlines(Executor answering) {
        this.answering = answering;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mortise-worker-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** What happens to a call whose time is over. */
    interface Overdue {
        /** Takes, before the thread is interrupted, the right to answer in its place; returns at once. */
        boolean claim();

        /** Answers in its place, where the right was still to be had. */
        void answer();

        /** Breaks the answer off, where the thread has begun to give it. */
        void cut();
    }

    /** One thread under watch. */
    static final class Watch {
        private final Thread thread = Thread.currentThread();
        private @Nullable ScheduledFuture<?> alarm;
        private boolean over;
        private boolean ended;

        private synchronized void over(Overdue call, Executor answering) {
            if (ended) {
                return;
            }
            over = true;
            if (call.claim()) {
                answering.execute(call::answer);
            } else {
                call.cut();
            }
            thread.interrupt();
        }

        /** Ends the watch; the next call on this thread does not meet its interrupt. */
        synchronized void end() {
            ended = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
            if (over) {
                var unused = Thread.interrupted();
            }
        }
    }

    /**
     * Watches the calling thread until the deadline of its call; whoever began ends it.
     */
    Watch watch(Call call, Overdue overdue) {
        Watch watch = new Watch();
        watch.alarm = timer.schedule(
                () -> watch.over(overdue, answering), call.remaining().toNanos(), TimeUnit.NANOSECONDS);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
