// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.kernel.call.BoundContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executor of one plugin version: so many threads, so long a queue, gone with the plugin. */
final class BoundedExecutor implements PluginExecutor, AutoCloseable {
    static final int THREADS = 8;
    static final int QUEUE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedExecutor.class);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final String plugin;
    private final ThreadPoolExecutor pool;
    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    BoundedExecutor(String plugin, ThreadFactory threads) {
        this.plugin = plugin;
        this.pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                threads,
                this::refuse);
        this.pool.allowCoreThreadTimeOut(true);
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

    /** Ends: running tasks are interrupted, what waits is cancelled. */
    @Override
    public void close() {
        pool.shutdownNow();
        open.values().forEach(future -> future.cancel(true));
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

    private void refuse(Runnable task, ThreadPoolExecutor executor) {
        String why = executor.isShutdown()
                ? "it was retired"
                : THREADS + " tasks run and " + QUEUE + " wait already; submit less, or wait for some to end";
        LOG.debug("A task of plugin '{}' is refused: {}", plugin, why);
        throw new RejectedExecutionException("PluginExecutor of plugin '" + plugin + "' takes no task: " + why + ".");
    }
}
