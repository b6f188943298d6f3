// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.HeldAnswers;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One call that its plugin does not wait for. What the plugin hangs on the answer runs as its code, in the call's context.
 *
 * @param <T> the answer
 */
final class BackgroundCall<T> {
    private final Owner owner;
    private final CallContext context;
    private final Callable<T> task;
    private final Function<Refusal, MortiseException> refused;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final HeldAnswers heir = HeldAnswers.heir();
    private final AtomicBoolean settled = new AtomicBoolean();

    /**
     * Makes a call that nobody has begun; the work of this thread gets what of its answer is unread at its end.
     *
     * @param refused makes of a refusal what it fails with
     */
    BackgroundCall(Owner owner, CallContext context, Callable<T> task, Function<Refusal, MortiseException> refused) {
        this.owner = owner;
        this.context = context;
        this.task = task;
        this.refused = refused;
    }

    Owner owner() {
        return owner;
    }

    CallContext context() {
        return context;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** Answers whether it is for the asker to run or to refuse it; true once. */
    boolean begin() {
        return settled.compareAndSet(false, true);
    }

    /** Tells whether somebody runs or refuses it already. */
    boolean begun() {
        return settled.get();
    }

    /** Runs it on this thread. */
    void run() {
        settle(this::complete);
    }

    /** A fault is told here too: what hangs on the answer runs while it is told. */
    private boolean complete() {
        T result;
        try {
            result = task.call();
        } catch (Throwable fault) {
            return answer.completeExceptionally(fault);
        }
        return answer.complete(result);
    }

    /** Tells that it is not run. */
    void refuse(Refusal refusal) {
        settle(() -> answer.completeExceptionally(refused.apply(refusal)));
    }

    private void settle(Callable<Boolean> end) {
        try {
            owner.run(context, () -> {
                HeldAnswers.leaveTo(heir);
                return end.call();
            });
        } catch (Throwable fault) {
            answer.completeExceptionally(fault);
        }
    }
}
