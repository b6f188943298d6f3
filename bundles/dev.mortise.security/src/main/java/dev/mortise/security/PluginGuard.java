// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginIdentity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of one plugin version on threads of its own, so that it can neither hold a request longer than the limit nor
 * throw anything at the caller. The threads end with the version.
 */
final class PluginGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginGuard.class);
    private static final long IDLE_SECONDS = 30;
    private static final int WAITING_PER_THREAD = 16;

    /** What a guarded call came to. */
    sealed interface Outcome<T> {
        /** The plugin's code answered. */
        record Answered<T>(T value) implements Outcome<T> {}

        /**
         * The plugin's code is at fault.
         *
         * @param reason for the log
         * @param silent whether it gave no answer at all, rather than one that is not to be trusted
         */
        record Failed<T>(String reason, boolean silent, Optional<Throwable> cause) implements Outcome<T> {
            static <T> Failed<T> nonsense(String reason) {
                return new Failed<>(reason, false, Optional.empty());
            }

            static <T> Failed<T> silent(String reason) {
                return new Failed<>(reason, true, Optional.empty());
            }
        }

        /** The version was retired meanwhile: its answer counts for nothing, and the next version is to be asked. */
        record Retired<T>() implements Outcome<T> {}
    }

    private final PluginIdentity plugin;
    private final Limits limits;
    private final ThreadPoolExecutor threads;
    private volatile boolean failing;

    PluginGuard(PluginIdentity plugin, ClassLoader loader, Limits limits) {
        this.plugin = plugin;
        this.limits = limits;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.threads() * WAITING_PER_THREAD),
                task -> thread(task, "auth-" + plugin.id() + "-" + number.incrementAndGet(), loader));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Calls the task in the context, then checks what it answered; never throws, never takes longer than the limit. */
    <T, R> Outcome<R> call(CallContext context, Callable<T> task, Function<T, Outcome<R>> check) {
        Outcome<T> raw = submit(() -> BoundContext.call(context, task));
        Outcome<R> outcome = raw instanceof Outcome.Answered<T> answered
                ? check.apply(answered.value())
                : failed((Outcome.Failed<T>) raw);
        if (outcome instanceof Outcome.Failed<R> failed) {
            return threads.isShutdown() ? new Outcome.Retired<>() : fault(failed);
        }
        recovered();
        return outcome;
    }

    /** Answers how long a call may take. */
    Duration timeout() {
        return limits.timeout();
    }

    /** Lets running calls end; later ones are answered as retired. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private <T> Outcome<T> submit(Callable<T> task) {
        try {
            return await(threads.submit(task));
        } catch (RejectedExecutionException e) {
            return Outcome.Failed.silent("all " + limits.threads() + " threads are busy and "
                    + limits.threads() * WAITING_PER_THREAD + " calls wait for one");
        }
    }

    private <T> Outcome<T> await(Future<T> answer) {
        try {
            T value = answer.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return value == null ? Outcome.Failed.nonsense("it answered null") : new Outcome.Answered<>(value);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause(), "a failed task has a cause");
            return new Outcome.Failed<>("it threw " + cause.getClass().getName(), true, Optional.of(cause));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Outcome.Failed.silent("no answer within " + limits.timeout().toMillis() + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Outcome.Failed.silent("the request was interrupted");
        }
    }

    private static <R> Outcome<R> failed(Outcome.Failed<?> raw) {
        return new Outcome.Failed<>(raw.reason(), raw.silent(), raw.cause());
    }

    /** Says once that the plugin's code is at fault, until it answers well again. */
    private <R> Outcome<R> fault(Outcome.Failed<R> failed) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "plugin={} authentication fails closed: {}",
                    plugin,
                    failed.reason(),
                    failed.cause().orElse(null));
        }
        return failed;
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("plugin={} authentication answers again", plugin);
        }
    }

    /** Inherits nothing of the thread that happens to need it first. */
    private static Thread thread(Runnable task, String name, ClassLoader loader) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
