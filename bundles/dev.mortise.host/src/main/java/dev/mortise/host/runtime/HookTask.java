// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * One call of a hook for one tenant.
 *
 * @param hook its name with brackets
 * @param what the call in words, to begin a sentence with
 * @param repeatable whether two that wait for the same tenant are as good as one
 * @param limit how long it may take once it runs
 * @param outcome why it failed, if it did; completed by anybody, it is not called any more
 */
record HookTask(
        String hook,
        String what,
        TenantId tenant,
        boolean repeatable,
        Duration limit,
        Callable<Boolean> code,
        CompletableFuture<Optional<String>> outcome) {
    /** Tells whether it says nothing that another does not say. */
    boolean repeats(HookTask other) {
        return repeatable && hook.equals(other.hook) && tenant.equals(other.tenant);
    }

    boolean is(String name, TenantId whose) {
        return hook.equals(name) && tenant.equals(whose);
    }

    void fail(String sentence) {
        outcome.complete(Optional.of(sentence));
    }

    void late() {
        fail(what + " took longer than " + limit.toSeconds() + " s.");
    }
}
