// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.Call;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs calls that their plugins do not wait for: bounded in threads and in what waits for one. */
final class BackgroundCalls implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final Deadlines deadlines;
    private final int waiting;

    BackgroundCalls(int threads, int waiting, Deadlines deadlines) {
        this.waiting = waiting;
        this.deadlines = deadlines;
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                CallThreads.factory("mortise-async-"));
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the task as the owner's code in the context, until the context's deadline. What the owner hangs on the answer
     * runs as its code too.
     *
     * @param refused makes of a refusal what the task fails with when too many wait
     */
    <T> CompletionStage<T> run(
            Owner owner, CallContext context, Callable<T> task, Function<Refusal, MortiseException> refused) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            pool.execute(() -> settle(owner, context, task, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(refused.apply(Refusal.of(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    waiting + " calls wait already for a thread in the background. Send fewer at once, or raise"
                            + " async.max.waiting.")));
        }
        return answer;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private <T> void settle(Owner owner, CallContext context, Callable<T> task, CompletableFuture<T> answer) {
        try {
            owner.run(context, () -> {
                T value = limited(context, task);
                return answer.complete(value);
            });
        } catch (Throwable fault) {
            answer.completeExceptionally(fault);
        }
    }

    private <T> T limited(CallContext context, Callable<T> task) throws Exception {
        long deadline = context instanceof Call call
                ? call.deadlineNanos()
                : System.nanoTime() + context.remaining().toNanos();
        Watch watch = deadlines.watch(deadline, () -> {});
        try {
            return task.call();
        } finally {
            deadlines.end(watch);
        }
    }
}
