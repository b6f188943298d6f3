// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides and orders. What is posted runs one after the other; when nothing more is there, the pass
 * runs once for all of it. No code of plugins ever runs here.
 */
public final class Sequencer implements Sequence, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
    private static final Duration JOIN = Duration.ofSeconds(5);

    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timer;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Makes a sequencer; nothing runs before {@link #start}.
     *
     * @param timer wakes it later; owned by the caller
     */
    public Sequencer(ScheduledExecutorService timer, Runnable pass) {
        this.timer = timer;
        this.thread = new Thread(() -> loop(pass), "mortise-deployer");
        this.thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** What is to run, and whether a pass is to follow. */
    private record Task(Runnable code, boolean counts) {}

    @Override
    public void post(Runnable task) {
        queue.add(new Task(task, true));
    }

    @Override
    public void note(Runnable task) {
        queue.add(new Task(task, false));
    }

    @Override
    public void postIn(Duration delay, Runnable task) {
        var unused = timer.schedule(() -> post(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends after what runs now; what is left in the queue is dropped. */
    @Override
    public void close() {
        closed = true;
        post(() -> {});
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(Runnable pass) {
        long restUntil = System.nanoTime();
        while (!closed) {
            try {
                int tasks = runTasks(restUntil);
                if (tasks > 0 && !closed) {
                    long begin = System.nanoTime();
                    if (!guarded(pass)) {
                        postIn(AFTER_A_FAULT, () -> {});
                    }
                    long end = System.nanoTime();
                    restUntil = end + Breath.after(end - begin, tasks);
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    /** Runs what is there, and what comes until the rest is over; answers how many of it ask for a pass. */
    private int runTasks(long restUntil) throws InterruptedException {
        int counts = 0;
        Task task = queue.take();
        while (task != null && !closed) {
            guarded(task.code());
            counts += task.counts() ? 1 : 0;
            long left = restUntil - System.nanoTime();
            task = left > 0 ? queue.poll(left, TimeUnit.NANOSECONDS) : queue.poll();
        }
        return counts;
    }

    /** A broken assumption about one plugin must not end the deployment of all others. */
    private static boolean guarded(Runnable task) {
        try {
            task.run();
            return true;
        } catch (RuntimeException | Error e) {
            LOG.error("A step of a deployment failed. What runs goes on; please report this.", e);
            return false;
        }
    }
}
