// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for calls of services that the plugin does not wait for: other ones than those it computes with. */
final class Background implements Executor, AutoCloseable {
    private static final int MOST = 32;

    private final ThreadPoolExecutor pool;

    Background() {
        this.pool = new ThreadPoolExecutor(
                0,
                MOST,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "mortise-worker-async");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, executor) -> {
                    throw new MortiseException(
                            ErrorCode.SERVICE_UNAVAILABLE,
                            MOST + " calls of this plugin run in the background already. Send fewer at once.");
                });
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
