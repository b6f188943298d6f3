// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.thread;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs tasks later, and again and again. A task that throws is told of and has its next turn: the executor that this is made
 * from would drop it without a word, whatever was thrown, and nobody would renew or look any more until the next restart.
 */
public final class SteadyTimer extends ScheduledThreadPoolExecutor {
    private final Consumer<Throwable> faults;

    /** Tells {@code faults} of what a task throws; of one that fails turn after turn only the first time. */
    public SteadyTimer(int threads, ThreadFactory factory, Consumer<Throwable> faults) {
        super(threads, factory);
        this.faults = faults;
    }

    /** What is executed or submitted comes here too. */
    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(new Guarded(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long pause, TimeUnit unit) {
        return super.scheduleWithFixedDelay(new Guarded(task), first, pause, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(new Guarded(task), first, period, unit);
    }

    /** Its turns come one after the other. */
    private final class Guarded implements Runnable {
        private final Runnable task;
        private boolean failing;

        Guarded(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
                failing = false;
            } catch (Throwable e) {
                boolean known = failing;
                failing = true;
                // at the end everything that it needs may be closed already
                if (!known && !isShutdown()) {
                    faults.accept(e);
                }
            }
        }
    }
}
