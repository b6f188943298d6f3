// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.HookFigures;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.HealthProblem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the hooks of one plugin version for single tenants: one at a time for each, a few at a time for all. One that is late
 * is interrupted and holds nobody else up; one that ignores this keeps its thread and its tenant's turn. When too many do,
 * none is called any more, and that is said.
 */
final class HookQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookQueue.class);
    private static final Duration IDLE = Duration.ofSeconds(2);
    /** How long after the interrupt a hook may come back. */
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** More names than that nobody reads. */
    private static final int NAMED = 5;

    private static final String ENDS = "this version ends.";

    private final PluginId plugin;
    private final TenantLimits limits;
    private final ScheduledExecutorService timer;
    private final HookFigures figures;
    private final Runnable changed;
    private final ThreadPoolExecutor pool;
    // The monitor guards all that follows; nothing else is called under it.
    private final Deque<HookTask> waiting = new ArrayDeque<>();
    private final Map<TenantId, HookTask> running = new HashMap<>();
    private final Set<TenantId> late = new HashSet<>();
    private final Map<TenantId, HookTask> hanging = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Makes a queue.
     *
     * @param timer watches the limits; owned by the caller
     * @param changed is run, on any thread, when {@link #trouble()} may be another; must return at once
     */
    HookQueue(
            PluginId plugin,
            TenantLimits limits,
            ThreadFactory threads,
            ScheduledExecutorService timer,
            HookFigures figures,
            Runnable changed) {
        this.plugin = plugin;
        this.limits = limits;
        this.timer = timer;
        this.figures = figures;
        this.changed = changed;
        // what is taken from the queue bounds it: so many in time, and so many that hang
        this.pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
    }

    /** Queues it, unless that is pointless; answers its outcome, or that of one like it that waits already. */
    CompletableFuture<Optional<String>> submit(HookTask task) {
        Optional<String> refusal;
        synchronized (this) {
            Optional<HookTask> same = waiting.stream().filter(task::repeats).findFirst();
            if (same.isPresent()) {
                return same.get().outcome();
            }
            refusal = refusal(task.tenant());
            if (refusal.isEmpty()) {
                waiting.add(task);
            }
        }
        refusal.ifPresent(why -> refuse(task, why));
        dispatch();
        return task.outcome();
    }

    /** Tells whether such a hook waits for its turn. */
    synchronized boolean waits(String hook, TenantId tenant) {
        return waiting.stream().anyMatch(task -> task.is(hook, tenant));
    }

    /** Answers what keeps hooks from being called for any tenant. */
    synchronized Optional<Problem> trouble() {
        return full() ? Optional.of(new HealthProblem(hang(), remedy())) : Optional.empty();
    }

    /** Takes no more and drops what waits; what runs goes on to its limit. */
    @Override
    public void close() {
        List<HookTask> dropped;
        synchronized (this) {
            closed = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
        }
        pool.shutdown();
        dropped.forEach(task -> refuse(task, ENDS));
    }

    private boolean full() {
        return hanging.size() >= limits.hanging();
    }

    private String hang() {
        String names = hanging.values().stream()
                .limit(NAMED)
                .map(task -> task.hook() + " for tenant '" + task.tenant() + "'")
                .collect(Collectors.joining(", "));
        int more = hanging.size() - NAMED;
        return "%d hooks of plugin '%s' hang and ignore the interrupt: %s%s. None of its hooks is called for any tenant."
                .formatted(hanging.size(), plugin, names, more > 0 ? " and " + more + " more" : "");
    }

    private String remedy() {
        return "Restart the plugin with 'restart " + plugin
                + "', and mend the hook: it must end when it is interrupted.";
    }

    private Optional<String> refusal(TenantId tenant) {
        if (closed) {
            return Optional.of(ENDS);
        }
        if (full()) {
            return Optional.of(hang() + " " + remedy());
        }
        return Optional.ofNullable(hanging.get(tenant))
                .map(task -> task.hook() + " hangs for this tenant and ignores the interrupt. " + remedy());
    }

    private void refuse(HookTask task, String why) {
        figures.refused();
        task.fail(task.what() + " was not called: " + why);
    }

    /** Gives threads to all that may run now. */
    private void dispatch() {
        for (Optional<HookTask> next = take(); next.isPresent(); next = take()) {
            HookTask task = next.get();
            try {
                pool.execute(() -> run(task));
            } catch (RejectedExecutionException retired) {
                leave(task);
                refuse(task, ENDS);
            } catch (OutOfMemoryError noThread) { // else its tenant would wait for it for ever
                leave(task);
                refuse(task, "there is no thread for it (" + noThread.getMessage() + "). Try again.");
            }
        }
    }

    private synchronized Optional<HookTask> take() {
        waiting.removeIf(task -> task.outcome().isDone());
        boolean room = running.size() - late.size() < limits.parallel() && late.size() < limits.hanging();
        Optional<HookTask> next = waiting.stream()
                .filter(task -> room && !running.containsKey(task.tenant()))
                .findFirst();
        next.ifPresent(task -> {
            waiting.remove(task);
            running.put(task.tenant(), task);
        });
        return next;
    }

    private void run(HookTask task) {
        Thread thread = Thread.currentThread();
        Optional<ScheduledFuture<?>> watch = Optional.empty();
        try {
            watch = Optional.of(after(task.limit(), () -> interrupt(task, thread)));
            task.code().call();
            task.outcome().complete(Optional.empty());
        } catch (Throwable e) {
            LOG.info("plugin={} tenant={} {} failed", plugin, task.tenant(), task.what(), e);
            task.fail(task.what() + " failed: " + StartProblems.words(e));
        } finally {
            watch.ifPresent(alarm -> alarm.cancel(false));
            leave(task);
            // the alarm may have come with the end; the next call must not find it
            var unused = Thread.interrupted();
            dispatch();
        }
    }

    private ScheduledFuture<?> after(Duration time, Runnable what) {
        return timer.schedule(what, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs on the timer: nobody waits for it any more, and its place is another's. */
    private void interrupt(HookTask task, Thread thread) {
        // first, so that what ends by the interrupt does not pass for one that ended in time
        task.late();
        synchronized (this) {
            if (!task.equals(running.get(task.tenant()))) {
                return;
            }
            late.add(task.tenant());
            thread.interrupt();
        }
        var unused = after(GRACE, () -> giveUp(task));
        dispatch();
    }

    /** Runs on the timer: it does not end, and what waits behind it would wait for ever. */
    private void giveUp(HookTask task) {
        Map<HookTask, String> refused = new LinkedHashMap<>();
        synchronized (this) {
            if (!task.equals(running.get(task.tenant()))) {
                return;
            }
            hanging.put(task.tenant(), task);
            waiting.forEach(one -> refusal(one.tenant()).ifPresent(why -> refused.put(one, why)));
            waiting.removeAll(refused.keySet());
        }
        figures.hangs();
        LOG.warn("plugin={} {} does not end when it is interrupted: its thread is left to it", plugin, task.what());
        trouble().ifPresent(problem -> LOG.warn("plugin={} {} {}", plugin, problem.message(), problem.remedy()));
        refused.forEach(this::refuse);
        changed.run();
    }

    private void leave(HookTask task) {
        boolean hung;
        synchronized (this) {
            running.remove(task.tenant());
            late.remove(task.tenant());
            hung = hanging.remove(task.tenant()) != null;
        }
        if (hung) {
            figures.cameBack();
            changed.run();
        }
    }
}
