// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Binds a call context to a thread for the time of a task; the one place that knows the thread local. */
public final class BoundContext {
    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    private BoundContext() {}

    /** Answers the context of this thread, if any. */
    public static Optional<CallContext> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * Answers the context of this thread.
     *
     * @param asker who needs it, named in the refusal
     * @throws MortiseException NO_CONTEXT
     */
    public static CallContext require(String asker) {
        CallContext context = CURRENT.get();
        if (context == null) {
            throw new MortiseException(
                    ErrorCode.NO_CONTEXT,
                    asker + " was used on thread '" + Thread.currentThread().getName()
                            + "', which runs no call. Carry the context there with CallContext.wrap(task) or"
                            + " PluginExecutor, or make one with Tenants.run(tenant, task).");
        }
        return context;
    }

    /**
     * Runs the task with the context bound to this thread; what was bound before is bound again afterwards. Answers that
     * the task got and did not read are given back then, see {@link HeldAnswers}.
     */
    public static <T> T call(CallContext context, Callable<T> task) throws Exception {
        CallContext before = CURRENT.get();
        HeldAnswers outer = HeldAnswers.begin();
        CURRENT.set(context);
        try {
            return task.call();
        } finally {
            // Not removed where there was none: the entry without a value costs nothing, a new one for each call does.
            CURRENT.set(before);
            HeldAnswers.end(outer);
        }
    }
}
