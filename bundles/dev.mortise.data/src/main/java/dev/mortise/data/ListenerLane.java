// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.shared.Listeners;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What listens of one plugin version runs one after the other, so one that hangs delays nobody but that plugin. */
final class ListenerLane implements Listeners, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerLane.class);

    private final String plugin;
    private final Executor threads;
    // The monitor guards all of these.
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Set<Watch> watches = new HashSet<>();
    private @Nullable Thread runner;
    private boolean running;
    private boolean closed;

    ListenerLane(String plugin, Executor threads) {
        this.plugin = plugin;
        this.threads = threads;
    }

    @Override
    public synchronized void run(Runnable task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        if (!running) {
            running = true;
            try {
                threads.execute(this::work);
            } catch (Throwable e) {
                // no thread may be to be had now: the next change tries again
                running = false;
                throw e;
            }
        }
    }

    @Override
    public void keep(Watch watch) {
        boolean late;
        synchronized (this) {
            late = closed;
            // those that ended by themselves are closed by nobody
            watches.removeIf(other -> !other.open());
            watches.add(watch);
        }
        if (late) {
            watch.close();
        }
    }

    @Override
    public synchronized void drop(Watch watch) {
        watches.remove(watch);
    }

    /** Closes the watches; what still listens is interrupted. */
    @Override
    public void close() {
        Set<Watch> open;
        synchronized (this) {
            closed = true;
            tasks.clear();
            open = Set.copyOf(watches);
            watches.clear();
            if (runner != null) {
                runner.interrupt();
            }
        }
        open.forEach(Watch::close);
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("plugin={} failed when it was told of a change of shared data", plugin, e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.poll();
        running = task != null;
        runner = running ? Thread.currentThread() : null;
        if (!running) {
            // the interrupt was meant for this plugin, not for whoever runs on this thread next
            Thread.interrupted();
        }
        return task;
    }
}
