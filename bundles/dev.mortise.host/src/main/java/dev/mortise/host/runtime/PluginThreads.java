// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one plugin version: one for its life, which ends when it has nothing to do, and those of its executor.
 * They are named {@code mortise-plugin-<id>-<n>} and see the plugin's class loader as their context.
 */
final class PluginThreads implements ThreadFactory {
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final String prefix;
    private final AtomicInteger numbers;
    private final ThreadPoolExecutor life;
    private final List<ThreadPoolExecutor> pools = new CopyOnWriteArrayList<>();
    private volatile Optional<ClassLoader> loader = Optional.empty();

    PluginThreads(String plugin, AtomicInteger numbers) {
        this.prefix = "mortise-plugin-" + plugin + "-";
        this.numbers = numbers;
        this.life =
                new ThreadPoolExecutor(1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), this);
        this.life.allowCoreThreadTimeOut(true);
    }

    /** Gives the plugin's class loader to the threads that are made from now on, and to this one. */
    void use(ClassLoader pluginLoader) {
        loader = Optional.of(pluginLoader);
        Thread.currentThread().setContextClassLoader(pluginLoader);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + numbers.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader.orElse(null));
        return thread;
    }

    /**
     * Makes threads of the plugin for what waits, so many at most; they end when there is nothing to do, and with these
     * threads.
     */
    Executor waiting(int most) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), this);
        pool.allowCoreThreadTimeOut(true);
        pools.add(pool);
        return pool;
    }

    /** Runs the task at once; the thread of somebody else looks like one of the plugin's meanwhile. */
    void lend(String name, Runnable task) {
        Thread thread = Thread.currentThread();
        String before = thread.getName();
        ClassLoader own = thread.getContextClassLoader();
        thread.setName(prefix + name);
        thread.setContextClassLoader(loader.orElse(null));
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(own);
            thread.setName(before);
        }
    }

    /** Runs the task after what was given before; answers false when the plugin is gone. */
    boolean execute(Runnable task) {
        try {
            life.execute(task);
            return true;
        } catch (RejectedExecutionException retired) {
            return false;
        }
    }

    /** Takes nothing more; what was given still runs. */
    void close() {
        life.shutdown();
        pools.forEach(ThreadPoolExecutor::shutdown);
        loader = Optional.empty();
    }

    /** Gives up: what waits is dropped, what runs is interrupted and left to itself. */
    void abandon() {
        life.shutdownNow();
        pools.forEach(ThreadPoolExecutor::shutdownNow);
    }

    String prefix() {
        return prefix;
    }
}
