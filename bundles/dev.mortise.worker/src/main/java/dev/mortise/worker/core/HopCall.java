// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The context of a call that came from the core, with the pass by which calls that follow from it are made on behalf of the
 * same identity.
 */
public record HopCall(Call call, Optional<String> pass) implements CallContext {
    @Override
    public Optional<TenantId> tenant() {
        return call.tenant();
    }

    @Override
    public Identity identity() {
        return call.identity();
    }

    @Override
    public Optional<String> caller() {
        return call.caller();
    }

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public Optional<String> traceparent() {
        return call.traceparent();
    }

    @Override
    public Duration remaining() {
        return call.remaining();
    }

    @Override
    public int hop() {
        return call.hop();
    }

    @Override
    public Runnable wrap(Runnable task) {
        return call.wrap(() -> {
            Callable<Boolean> carried = () -> {
                task.run();
                return true;
            };
            run(carried);
        });
    }

    private void run(Callable<Boolean> carried) {
        try {
            BoundContext.call(this, carried);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A Runnable threw a checked exception.", e);
        }
    }

    @Override
    public <T> Callable<T> wrap(Callable<T> task) {
        return call.wrap(() -> BoundContext.call(this, task));
    }
}
