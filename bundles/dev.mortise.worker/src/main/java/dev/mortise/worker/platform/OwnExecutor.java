// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.kernel.call.BoundContext;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The executor of the plugin: so many threads, so long a queue, as in the container. */
final class OwnExecutor implements PluginExecutor, AutoCloseable {
    private static final int THREADS = 8;
    private static final int QUEUE = 1_000;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    OwnExecutor(String plugin) {
        this.pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                OwnExecutor::thread,
                (task, executor) -> {
                    throw new RejectedExecutionException("PluginExecutor of plugin '%s' takes no task: %s."
                            .formatted(
                                    plugin,
                                    executor.isShutdown()
                                            ? "the process ends"
                                            : THREADS + " tasks run and " + QUEUE + " wait already"));
                });
        pool.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "mortise-worker-plugin");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(BoundContext.find().map(context -> context.wrap(task)).orElse(task));
    }

    @Override
    public <T> CompletableFuture<T> submit(Callable<T> task) {
        Callable<T> carried = BoundContext.find()
                .map((CallContext context) -> context.wrap(task))
                .orElse(task);
        CompletableFuture<T> future = new CompletableFuture<>();
        Object key = new Object();
        open.put(key, future);
        var unused = future.whenComplete((result, failure) -> open.remove(key));
        try {
            pool.execute(() -> complete(future, carried));
        } catch (RejectedExecutionException e) {
            open.remove(key);
            throw e;
        }
        return future;
    }

    /** Whatever the task throws is the business of whoever holds the future. */
    private static <T> void complete(CompletableFuture<T> future, Callable<T> task) {
        if (future.isDone()) {
            return;
        }
        try {
            future.complete(task.call());
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        open.values().forEach(future -> future.cancel(true));
    }
}
