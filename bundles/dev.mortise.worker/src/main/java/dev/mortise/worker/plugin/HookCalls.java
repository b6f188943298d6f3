// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls hooks of the plugin, a few at a time, each within a limit; one that hangs is interrupted and left. */
final class HookCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookCalls.class);
    private static final int PARALLEL = 8;

    private final List<PluginLifecycle> hooks;
    private final ExecutorService threads;

    HookCalls(List<PluginLifecycle> hooks, ClassLoader loader) {
        this.hooks = hooks;
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(PARALLEL, PARALLEL, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "mortise-worker-hook");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** One hook. */
    interface Hook {
        void call(PluginLifecycle hook) throws Exception;
    }

    /** Calls a hook of every component in a context; answers the sentence of what failed. */
    Optional<String> call(String what, Call context, Duration limit, Hook hook) {
        Future<?> call = threads.submit(() -> BoundContext.call(context, () -> {
            for (PluginLifecycle one : hooks) {
                hook.call(one);
            }
            return true;
        }));
        try {
            call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException late) {
            call.cancel(true);
            return Optional.of(what + " took longer than " + limit.toSeconds() + " s.");
        } catch (ExecutionException e) {
            Throwable fault = Optional.ofNullable(e.getCause()).orElse(e);
            LOG.info("{} failed", what, fault);
            return Optional.of(what + " failed: " + fault);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.of(what + " was given up.");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
