// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The context of one call as a value.
 *
 * @param deadlineNanos the deadline on the scale of {@link System#nanoTime}
 */
public record Call(
        Optional<TenantId> tenant,
        Identity identity,
        Optional<String> caller,
        String requestId,
        Optional<String> traceparent,
        long deadlineNanos,
        int hop)
        implements CallContext {

    /** Makes a context without tenant for hooks and authenticators of a plugin. */
    public static Call withoutTenant(String plugin, String requestId, Duration deadline) {
        return new Call(
                Optional.empty(),
                Identity.ANONYMOUS,
                Optional.of(plugin),
                requestId,
                Optional.empty(),
                System.nanoTime() + deadline.toNanos(),
                0);
    }

    /** Makes a context for a plugin's own work for a tenant, outside any call: with the plugin's identity. */
    public static Call ofPlugin(String plugin, TenantId tenant, String requestId, Duration deadline) {
        return new Call(
                Optional.of(tenant),
                new Identity(
                        PrincipalKind.SERVICE,
                        "plugin:" + plugin,
                        Optional.of(tenant),
                        false,
                        Optional.of(plugin),
                        Set.of()),
                Optional.of(plugin),
                requestId,
                Optional.empty(),
                System.nanoTime() + deadline.toNanos(),
                0);
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    @Override
    public Runnable wrap(Runnable task) {
        Callable<Boolean> wrapped = wrap(() -> {
            task.run();
            return true;
        });
        return () -> {
            try {
                wrapped.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("A Runnable threw a checked exception.", e);
            }
        };
    }

    @Override
    public <T> Callable<T> wrap(Callable<T> task) {
        return () -> {
            if (remaining().isZero()) {
                throw new MortiseException(
                        ErrorCode.DEADLINE_EXCEEDED, "Call " + requestId + " ended before its task began.");
            }
            return BoundContext.call(this, task);
        };
    }
}
