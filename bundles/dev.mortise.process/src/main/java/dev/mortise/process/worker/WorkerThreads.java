// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that look after processes; without processes there is none.
 *
 * @param starts wait until processes are ready
 * @param ends wait until processes have ended; nobody who has other business keeps one from ending
 * @param chores wait for answers
 * @param probes ask processes how they are
 * @param records write what runs where, one after the other
 * @param clock looks what is due
 */
record WorkerThreads(
        ExecutorService starts,
        ExecutorService ends,
        ExecutorService chores,
        ExecutorService probes,
        ExecutorService records,
        ScheduledExecutorService clock)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    private static final int ENDS = 64;
    private static final int CHORES = 64;
    private static final int PROBES = 16;

    static WorkerThreads make(int startParallel) {
        ScheduledThreadPoolExecutor clock =
                new ScheduledThreadPoolExecutor(1, task -> thread(task, "mortise-workers-clock"));
        clock.setRemoveOnCancelPolicy(true);
        return new WorkerThreads(
                pool("start", startParallel),
                pool("end", ENDS),
                pool("chore", CHORES),
                pool("probe", PROBES),
                pool("record", 1),
                clock);
    }

    private static ExecutorService pool(String name, int size) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                size,
                size,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> thread(task, "mortise-workers-" + name));
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a task on a pool; what it throws is told, and nothing is run any more after the end. */
    static void run(ExecutorService pool, Runnable task) {
        try {
            pool.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("A task for processes of plugins failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Mortise stops: a task for processes of plugins is left out", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        starts.shutdownNow();
        probes.shutdownNow();
        ends.shutdown();
        chores.shutdown();
        records.shutdown();
    }
}
