// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.shared.Listeners;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what listens to shared data, one after the other, and closes what is left at the end of the process. */
public final class ListenerLane implements Listeners, AutoCloseable {
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor lane;

    /** Makes a lane without a thread; it has one while there is something to tell. */
    public ListenerLane() {
        this.lane = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "mortise-worker-listener");
            thread.setDaemon(true);
            return thread;
        });
        lane.allowCoreThreadTimeOut(true);
    }

    @Override
    public void run(Runnable task) {
        lane.execute(task);
    }

    @Override
    public void keep(Watch watch) {
        watches.add(watch);
    }

    @Override
    public void drop(Watch watch) {
        watches.remove(watch);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        lane.shutdownNow();
    }
}
