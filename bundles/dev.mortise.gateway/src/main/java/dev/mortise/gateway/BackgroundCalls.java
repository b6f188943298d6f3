// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs calls that their plugins do not wait for: so many of each plugin at once, so that a slow one holds up nobody else. */
final class BackgroundCalls implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;
    /** Whoever is told that nothing came of his call may take his time, and others are to be told meanwhile. */
    private static final int TELLERS = 4;

    private static final Refusal STOPS =
            Refusal.of(ErrorCode.SERVICE_UNAVAILABLE, "Mortise stops; the call waited for a thread in the background.");

    private final Bounds bounds;
    private final Deadlines deadlines;
    private final ThreadPoolExecutor pool;
    private final ThreadPoolExecutor tellers;
    private final Set<BackgroundCall<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * How many there may be.
     *
     * @param threads that run, for all plugins together
     * @param each of one plugin that run
     * @param waiting of one plugin that wait for one to end
     */
    record Bounds(int threads, int each, int waiting) {
        static Bounds of(GatewayConfig config) {
            return new Bounds(config.async_threads(), config.async_threads_each(), config.async_max_waiting());
        }
    }

    BackgroundCalls(Bounds bounds, Deadlines deadlines) {
        this.bounds = bounds;
        this.deadlines = deadlines;
        this.pool = new ThreadPoolExecutor(
                0,
                bounds.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                CallThreads.factory("mortise-async-"));
        this.tellers = new ThreadPoolExecutor(
                TELLERS,
                TELLERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                CallThreads.factory("mortise-async-late-"));
        tellers.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the task as the owner's code in the context; when its deadline passes while it waits, it is not run.
     *
     * @param refused makes of a refusal what the answer fails with
     */
    <T> CompletionStage<T> run(
            Owner owner, CallContext context, Callable<T> task, Function<Refusal, MortiseException> refused) {
        BackgroundCall<T> call = new BackgroundCall<>(owner, context, task, refused);
        waiting.add(call);
        Watch alarm = deadlines.alarm(Deadlines.of(context), () -> tell(call, late(context)));
        var unused = call.answer().whenComplete((answer, fault) -> deadlines.end(alarm));
        switch (owner.stay().lane().enter(call, bounds.each(), bounds.waiting())) {
            case RUNS -> start(call);
            case WAITS -> leaveIfOver(call); // whoever ends takes it along
            case FULL -> refuse(call, tooMany());
        }
        return call.answer();
    }

    /** Its deadline may have passed before it came into the lane. */
    private static void leaveIfOver(BackgroundCall<?> call) {
        if (call.begun()) {
            call.owner().stay().lane().leave(call);
        }
    }

    private void start(BackgroundCall<?> first) {
        try {
            pool.execute(() -> work(first));
        } catch (RejectedExecutionException e) {
            Lane lane = first.owner().stay().lane();
            for (BackgroundCall<?> call = first; call != null; call = lane.next()) {
                refuse(call, noThread());
            }
        }
    }

    private void work(BackgroundCall<?> first) {
        Lane lane = first.owner().stay().lane();
        for (@Nullable BackgroundCall<?> call = first; call != null; call = lane.next()) {
            if (closed) {
                refuse(call, STOPS);
            } else if (taken(call)) {
                call.run();
            }
        }
    }

    private boolean taken(BackgroundCall<?> call) {
        waiting.remove(call);
        return call.begin();
    }

    private void refuse(BackgroundCall<?> call, Refusal refusal) {
        if (taken(call)) {
            call.refuse(refusal);
        }
    }

    /** Not on this thread, which is not for code of plugins. */
    private void tell(BackgroundCall<?> call, Refusal refusal) {
        if (taken(call)) {
            call.owner().stay().lane().leave(call);
            tellers.execute(() -> call.refuse(refusal));
        }
    }

    /** Interrupts what runs; what waits is told. */
    @Override
    public void close() {
        closed = true;
        waiting.forEach(call -> tell(call, STOPS));
        pool.shutdownNow();
        tellers.shutdown();
    }

    private Refusal tooMany() {
        return Refusal.of(
                ErrorCode.SERVICE_UNAVAILABLE,
                "%d calls of this plugin wait already for one of its %d calls in the background to end. Send fewer at once,"
                                .formatted(bounds.waiting(), bounds.each())
                        + " or raise async.threads.each or async.max.waiting.");
    }

    private Refusal noThread() {
        return Refusal.of(
                ErrorCode.SERVICE_UNAVAILABLE,
                "All %d threads for calls in the background are taken. Try again in a moment, or raise async.threads."
                        .formatted(bounds.threads()));
    }

    private static Refusal late(CallContext context) {
        return Refusal.of(
                ErrorCode.DEADLINE_EXCEEDED,
                "The call waited for a thread in the background until the deadline of call " + context.requestId()
                        + ".");
    }
}
