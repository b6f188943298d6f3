// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.StreamCredential;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.mcp.tool.ToolDesk;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The streams that are open: so many at once, because each of them holds a thread. */
final class Listeners {
    private final SessionLimits limits;
    private final Around around;
    private final Json json;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * What streams depend on.
     *
     * @param serving whether the container is not about to stop
     */
    record Around(
            BooleanSupplier serving, Supplier<Optional<TenantDirectory>> tenants, Supplier<Optional<Tokens>> tokens) {
        boolean serves(TenantId tenant) {
            return serving.getAsBoolean()
                    && tenants.get().stream().allMatch(known -> known.find(tenant.value())
                            .filter(found -> !found.suspended())
                            .isPresent());
        }
    }

    Listeners(SessionLimits limits, Around around, Json json) {
        this.limits = limits;
        this.around = around;
        this.json = json;
    }

    int count() {
        return open.get();
    }

    /** Answers the stream of a session; one that it had before ends. */
    Response open(Session session, ToolDesk desk) {
        if (open.incrementAndGet() > limits.streams()) {
            open.decrementAndGet();
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "%d clients listen for changes of tools, as many as may (streams.max in etc/mcp.properties). Come again."
                            .formatted(limits.streams()));
        }
        AtomicBoolean counted = new AtomicBoolean(true);
        EventStream stream = new EventStream(session, watching(session, desk), json, () -> {
            if (counted.compareAndSet(true, false)) {
                open.decrementAndGet();
            }
        });
        return Response.of(200, "text/event-stream", stream).with("Cache-Control", "no-store");
    }

    private EventStream.Watching watching(Session session, ToolDesk desk) {
        TenantId tenant = session.caller().tenant();
        BooleanSupplier credential =
                StreamCredential.of(around.tokens(), session.caller().identity());
        session.knowsAtLeast(() -> desk.mark(tenant));
        return new EventStream.Watching() {
            @Override
            public SessionLimits limits() {
                return limits;
            }

            @Override
            public boolean outdated() {
                return session.outdated(desk.mark(tenant));
            }

            @Override
            public boolean serving() {
                return around.serves(tenant);
            }

            @Override
            public boolean credential() {
                return credential.getAsBoolean();
            }
        };
    }
}
